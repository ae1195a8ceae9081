import { Readable } from 'node:stream';
import type { Transporter } from 'nodemailer';

/** What became of the message data of one try. */
export interface DataWatch {
  /** Every byte was handed to the connection: from here on the end of the data may have reached the server. */
  allRead: boolean;
  /** Why `beforeData` did not want the mail to go. */
  refusal: { error: unknown } | undefined;
}

export interface DataGate {
  /** Watch the message that is sent with this envelope object, once. */
  watch: (envelope: object, beforeData: (() => void | Promise<void>) | undefined) => DataWatch;
}

/**
 * Puts a gate in front of the message data of everything `transport` sends. The connection reads a message only
 * after the server's 354, so a stream whose first read waits for `beforeData` stops exactly there.
 */
export function gateData<T>(transport: Transporter<T>): DataGate {
  const waiting = new WeakMap<object, { watch: DataWatch; beforeData: () => void | Promise<void> }>();
  transport.use('stream', (mail, done) => {
    const gate = typeof mail.data.envelope === 'object' ? waiting.get(mail.data.envelope) : undefined;
    if (gate === undefined) return done(new Error('a mail that nobody watches'));
    mail.message.processFunc((input) => Readable.from(readBehindGate(input, gate), { objectMode: false }));
    return done();
  });
  return {
    watch: (envelope, beforeData = () => undefined) => {
      const watch: DataWatch = { allRead: false, refusal: undefined };
      waiting.set(envelope, { watch, beforeData });
      return watch;
    },
  };
}

async function* readBehindGate(
  input: AsyncIterable<Buffer>,
  gate: { watch: DataWatch; beforeData: () => void | Promise<void> },
): AsyncGenerator<Buffer> {
  try {
    await gate.beforeData();
  } catch (error) {
    gate.watch.refusal = { error };
    throw error;
  }
  for await (const chunk of input) yield chunk;
  gate.watch.allRead = true;
}
