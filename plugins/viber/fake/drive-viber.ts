import { addAccount, findAccount, listLines } from '@helpdesk/core';
import {
  startTestDesk,
  type Call,
  type ChannelDriver,
  type TestDeskOptions,
  type Written,
} from '@helpdesk/core/testing';
import { viber } from '../index.js';
import { signatureOf } from './answer-method.js';
import { exactJson } from './fake-state.js';
import { startFakeViber, type FakeViber } from './start-fake-viber.js';

/** A desk with one bot, told by the fake Viber what happens. */
export interface ViberDriver extends ChannelDriver {
  readonly fake: FakeViber;
  /** Makes a call and reads the answer. */
  tell(callback: object): Promise<{ status: number; body: unknown }>;
}

/** Ids of Viber have small letters and capitals. */
export const idOf = (n: number): string => Buffer.from(`viber ${n}`).toString('base64');
/** The number of a message that somebody wrote. */
export const tokenOf = (n: number): string => String(4_912_661_846_655_000_000n + BigInt(n));

export async function driveViber(engine: NonNullable<TestDeskOptions['engine']>): Promise<ViberDriver> {
  const fake = await startFakeViber();
  const url = 'https://help.acme.example';
  const desk = await startTestDesk({
    engine,
    config: {
      url,
      plugins: [viber({ apiUrl: fake.url, fileHosts: ['127.0.0.1'] }, { enabled: true })],
    },
  });
  fake.state.reach = (address) => address.replace(url, desk.url);
  const [line] = await listLines(desk.app.db);
  const accountId = await addAccount(desk.app, {
    channel: 'viber',
    lineId: line?.id ?? 1,
    name: 'Warm House',
    address: 'warmhouse',
    config: { botId: 'pa:75346594275468546724' },
    secrets: { token: fake.state.token },
    actor: { kind: 'system', id: 'test' },
  });
  const account = await findAccount(desk.app.db, accountId);
  const path = `${desk.url}/inbound/viber/${accountId}`;
  const { token } = fake.state;
  const post = (body: string | Buffer<ArrayBuffer>, signature: string | undefined, to = path) => {
    const headers = {
      'Content-Type': 'application/json',
      ...(signature === undefined ? {} : { 'X-Viber-Content-Signature': signature }),
    };
    // What is too large is refused before all of it is read.
    return fetch(to, { method: 'POST', headers, body }).catch(() => undefined);
  };
  const call = (...given: Parameters<typeof post>): Call => ({
    make: async () => (await post(...given))?.status ?? 413,
  });
  const signed = (body: string | Buffer<ArrayBuffer>) => call(body, signatureOf(body, token));
  const now = () => desk.clock.now().getTime();
  const json = (written: Written) => exactJson(callbackOf(written, { fake, now: now() }));
  return {
    fake,
    desk,
    account,
    async tell(callback) {
      const body = exactJson({ timestamp: now(), ...callback });
      const response = await post(body, signatureOf(body, token));
      return { status: response?.status ?? 0, body: await response?.json() };
    },
    call: (written) => signed(json(written)),
    forge(written) {
      const body = json(written);
      const signature = signatureOf(body, token);
      return [
        { how: 'no signature', call: call(body, undefined) },
        { how: 'the signature of another bot', call: call(body, signatureOf(body, `${token}x`)) },
        { how: 'a signature that is cut', call: call(body, signature.slice(0, -1)) },
        { how: 'a signature that is too long', call: call(body, `${signature}0`) },
        { how: 'the signature of other bytes', call: call(`${body} `, signature) },
        { how: 'a bot that is not ours', call: call(body, signature, `${desk.url}/inbound/viber/999`) },
      ];
    },
    garbage: () => signed('{"event":'),
    huge: (bytes) => signed(Buffer.alloc(bytes, 0x20)),
    receipt: (id, event) =>
      signed(exactJson({ event, timestamp: now(), message_token: id, user_id: idOf(1) })),
    sent: () => fake.state.sent.map(({ to, text, files, id }) => ({ to, text, files, id })),
    failNext: (how) => void fake.state.troubles.push(how),
    async close() {
      await desk.close();
      await fake.close();
    },
  };
}

/** What Viber would say of what somebody wrote. Its files have no words of their own but pictures. */
export function callbackOf(
  { n, from, text, files = [] }: Written,
  { fake, now }: { fake: Pick<FakeViber, 'addFile'>; now: number },
): object {
  const [file] = files;
  const message = file
    ? {
        type: 'picture',
        text,
        media: fake.addFile(file.content),
        file_name: file.name,
        size: file.content.length,
      }
    : { type: 'text', text };
  return {
    event: 'message',
    // Messages of one moment follow each other; none is of the future.
    timestamp: now - 3_600_000 + n,
    message_token: tokenOf(n),
    sender: { id: idOf(from.id), name: from.name, language: 'en', country: 'BG', api_version: 10 },
    message,
  };
}
