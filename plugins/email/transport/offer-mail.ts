import { Transform, pipeline, type Readable } from 'node:stream';
import type { FetchMessageObject } from 'imapflow';
import { withDeadline } from './deadline.js';
import type { Folder } from './folder.js';
import type { IncomingMail } from './imap-settings.js';
import { markTaken } from './mark-taken.js';

const USUAL_MAX_BYTES = 50 * 1024 * 1024;
/** A server that is slower than this over a whole mail is given up. */
const SLOWEST_BYTES_PER_MS = 8;

/**
 * Fetch one mail and hand it over; flag it when it was taken. A mail that the server does not deliver, or that
 * is not taken, is put off. Rejects only when the connection is lost.
 */
export async function offerMail(
  folder: Folder,
  uid: number,
  fact: FetchMessageObject | undefined,
): Promise<void> {
  const { memory, options } = folder;
  if (fact === undefined) return putOff(folder, uid, 'the server listed a mail and then did not know it');
  const internalDate = new Date(fact.internalDate ?? options.now());
  if (options.takeSince !== undefined && internalDate < options.takeSince)
    return void memory.ignored.add(uid);
  if (!(await survives(folder, uid, () => handOver(folder, { uid, internalDate, fact })))) return undefined;
  memory.taken.add(uid);
  memory.later.forget(uid);
  await markTaken(folder, [uid]);
}

interface Offer {
  uid: number;
  internalDate: Date;
  fact: FetchMessageObject;
}

/** A mail that ends the connection a second time is put off, so that it does not keep back the ones behind it. */
async function survives(
  { client, memory }: Folder,
  uid: number,
  work: () => Promise<boolean>,
): Promise<boolean> {
  try {
    const taken = await work();
    if (client.usable) memory.fatal.delete(uid);
    return taken;
  } finally {
    if (!client.usable) {
      const times = (memory.fatal.get(uid) ?? 0) + 1;
      memory.fatal.set(uid, times);
      if (times > 1) memory.later.putOff(uid);
    }
  }
}

async function handOver(folder: Folder, { uid, internalDate, fact }: Offer): Promise<boolean> {
  const { client, options, timing, memory } = folder;
  const maxBytes = options.maxBytes ?? USUAL_MAX_BYTES;
  const size = fact.size ?? 0;
  const download = client.download(String(uid), undefined, { uid: true, maxBytes });
  const { content } = await withDeadline(download, { ms: timing.commandMs * 2, what: 'fetching a mail' });
  if (content === undefined) return refuse(folder, uid, 'the server did not deliver the mail');
  const raw = readOnce(content, options.fault);
  const mail: IncomingMail = {
    uidValidity: memory.uidValidity,
    uid,
    raw: raw.stream,
    size,
    truncated: size > maxBytes,
    internalDate,
    flags: [...(fact.flags ?? [])],
  };
  const ms = timing.commandMs * 2 + Math.min(size, maxBytes) / SLOWEST_BYTES_PER_MS;
  try {
    const answer = await withDeadline(options.onMail(mail), { ms, what: 'handing a mail over' });
    if (answer === 'taken' && raw.wasRead()) return true;
    if (answer === 'taken')
      return refuse(folder, uid, 'the mail was called taken before it was read to its end');
    return refuse(folder, uid, undefined);
  } catch (error) {
    if (isLate(error)) client.close();
    if (!client.usable) throw raw.failure() ?? error;
    return refuse(folder, uid, error);
  } finally {
    raw.stream.destroy();
  }
}

function isLate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ETIMEOUT';
}

function refuse(folder: Folder, uid: number, because: unknown): false {
  putOff(folder, uid, because);
  return false;
}

function putOff({ memory, options }: Folder, uid: number, because: unknown): void {
  memory.later.putOff(uid);
  if (because !== undefined)
    options.log?.warn({ uid, err: because }, 'a mail was not taken and will be tried again');
}

interface ReadOnce {
  stream: Readable;
  wasRead: () => boolean;
  failure: () => Error | undefined;
}

/** The content with its errors, and whether somebody read it to its end. */
function readOnce(content: Readable, fault: ((name: string) => void | Promise<void>) | undefined): ReadOnce {
  let failure: Error | undefined;
  let ended = false;
  const stream = new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush: (done) => {
      Promise.resolve(fault?.('imap.afterFetch')).then(() => done(), done);
    },
  });
  stream.once('end', () => {
    ended = true;
  });
  pipeline(content, stream, (error) => {
    failure = error ?? undefined;
  });
  return { stream, wasRead: () => ended && failure === undefined, failure: () => failure };
}
