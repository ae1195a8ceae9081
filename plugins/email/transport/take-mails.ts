import type { ImapFlow, MailboxObject } from 'imapflow';
import { withDeadline } from './deadline.js';
import { keepsKeyword, keywordOf, type Folder } from './folder.js';
import { keepOnly, newMemory, type FolderMemory } from './folder-memory.js';
import { usualTiming, type WatchOptions, type WatchTiming } from './imap-settings.js';
import { markTaken } from './mark-taken.js';
import { offerMail } from './offer-mail.js';

export interface MailTaker {
  /**
   * Look through the open folder once and offer what is new, oldest first. Rejects when the connection is lost;
   * resolves to false when the store could not be asked and so nothing was offered.
   */
  round: (client: ImapFlow, isStopping: () => boolean) => Promise<boolean>;
  /** Mails put off are due at once. */
  wakeAll: () => void;
  nextDueIn: () => number | undefined;
}

const SEEN_AT_A_TIME = 1000;
const FACTS_AT_A_TIME = 200;

/** Remembers across connections what was taken and what was put off. */
export function createMailTaker(options: WatchOptions): MailTaker {
  const timing: WatchTiming = { ...usualTiming, ...options.timing };
  const later = { firstMs: timing.laterMs, longestMs: timing.longestLaterMs, now: () => options.now() };
  let memory = newMemory('', later);
  return {
    wakeAll: () => memory.later.wakeAll(),
    nextDueIn: () => memory.later.nextDueIn(),
    round: async (client, isStopping) => {
      const mailbox = openMailbox(client);
      const uidValidity = String(mailbox.uidValidity);
      if (memory.uidValidity !== uidValidity) memory = newMemory(uidValidity, later);
      const folder: Folder = { client, mailbox, options, timing, memory, isStopping };
      const listed = await listUntaken(folder);
      keepOnly(memory, listed);
      if (!(await learnWhatWasTaken(folder, listed))) return false;
      await sweep(folder, listed);
      await offerAll(
        folder,
        listed.filter((uid) => isWanted(memory, uid) && memory.later.isDue(uid)),
      );
      memory.from = listed.find((uid) => isWanted(memory, uid)) ?? (listed.at(-1) ?? memory.from - 1) + 1;
      return true;
    },
  };
}

function openMailbox(client: ImapFlow): MailboxObject {
  if (client.mailbox === false || client.mailbox === undefined) {
    throw Object.assign(new Error('the folder is no longer open'), { code: 'NoConnection' });
  }
  return client.mailbox;
}

function isWanted({ taken, ignored }: FolderMemory, uid: number): boolean {
  return !taken.has(uid) && !ignored.has(uid);
}

/** Uids, ascending, that do not carry the keyword; all from the first unfinished one where none can be kept. */
async function listUntaken({ client, mailbox, options, timing, memory }: Folder): Promise<number[]> {
  const mark = keepsKeyword(mailbox, options)
    ? { unKeyword: keywordOf(options) }
    : { uid: `${memory.from}:*` };
  // SINCE knows only days, in the server's time zone: ask for one more, and look at the time itself later.
  const since =
    options.takeSince === undefined ? {} : { since: new Date(options.takeSince.getTime() - 86_400_000) };
  // Not every server looks for new mail before it searches; it does before it answers NOOP (RFC 3501 6.1.2).
  await withDeadline(client.noop(), { ms: timing.commandMs, what: 'asking for news' });
  const search = client.search({ ...mark, ...since, deleted: false }, { uid: true });
  const found = await withDeadline(search, { ms: timing.commandMs, what: 'searching the folder' });
  if (!Array.isArray(found)) throw new Error('the server refused to search the folder');
  // "n:*" names the last mail even when its uid is smaller than n.
  const least = 'uid' in mark ? memory.from : 1;
  return found.filter((uid) => uid >= least).toSorted((a, b) => a - b);
}

async function learnWhatWasTaken({ options, memory }: Folder, listed: number[]): Promise<boolean> {
  const unknown = listed.filter((uid) => isWanted(memory, uid));
  try {
    for (let start = 0; start < unknown.length; start += SEEN_AT_A_TIME) {
      const some = unknown.slice(start, start + SEEN_AT_A_TIME);
      for (const uid of (await options.seen?.(memory.uidValidity, some)) ?? []) memory.taken.add(uid);
    }
    return true;
  } catch (error) {
    options.log?.error({ err: error }, 'could not ask which mails were taken; none is fetched until it can');
    return false;
  }
}

/**
 * Flag what was taken without being flagged, and move what was flagged without being moved. Where no keyword can
 * be kept taken mails are not marked read again: a person may have marked them unread.
 */
async function sweep(folder: Folder, listed: number[]): Promise<void> {
  const { client, mailbox, memory, options, timing } = folder;
  const keeps = keepsKeyword(mailbox, options);
  const waiting = keeps || options.after === 'move' ? listed.filter((uid) => memory.taken.has(uid)) : [];
  if (options.after === 'move' && keeps && memory.sweptBy !== client) {
    const search = client.search({ keyword: keywordOf(options), deleted: false }, { uid: true });
    const left = await withDeadline(search, { ms: timing.commandMs, what: 'searching the folder' });
    waiting.push(...(Array.isArray(left) ? left : []));
  }
  memory.sweptBy = client;
  if (waiting.length > 0) await markTaken(folder, waiting);
}

async function offerAll(folder: Folder, uids: number[]): Promise<void> {
  const { client, timing } = folder;
  for (let start = 0; start < uids.length && !folder.isStopping(); start += FACTS_AT_A_TIME) {
    const some = uids.slice(start, start + FACTS_AT_A_TIME);
    const query = { uid: true, size: true, internalDate: true, flags: true };
    const answer = client.fetchAll(some.join(','), query, { uid: true });
    const facts = await withDeadline(answer, { ms: timing.commandMs * 2, what: 'listing the folder' });
    const byUid = new Map(facts.map((fact) => [fact.uid, fact]));
    for (const uid of some) {
      if (folder.isStopping()) return;
      await offerMail(folder, uid, byUid.get(uid));
    }
  }
}
