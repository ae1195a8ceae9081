import { withDeadline } from './deadline.js';
import { keepsKeyword, keywordOf, type Folder } from './folder.js';

const AT_A_TIME = 500;

/**
 * Flag taken mails, and move them where that is wanted. What the server refuses is logged and left: the mails are
 * remembered as taken. Rejects when the connection is lost.
 */
export async function markTaken(folder: Folder, uids: number[]): Promise<void> {
  for (let start = 0; start < uids.length; start += AT_A_TIME) {
    const range = uids.slice(start, start + AT_A_TIME).join(',');
    await folder.options.fault?.('imap.beforeStore');
    await flag(folder, range);
    await folder.options.fault?.('imap.afterStore');
    if (folder.options.after === 'move') await moveAway(folder, range);
  }
}

async function flag({ client, mailbox, options, timing }: Folder, range: string): Promise<void> {
  const flags = keepsKeyword(mailbox, options) ? [keywordOf(options)] : [];
  if (options.after === 'flag-seen') flags.push('\\Seen');
  if (flags.length === 0) return;
  const store = client.messageFlagsAdd(range, flags, { uid: true, silent: true });
  const stored = await withDeadline(store, { ms: timing.commandMs, what: 'flagging mails' });
  if (!stored)
    options.log?.warn({ range }, 'the server did not flag mails as taken; they are remembered instead');
}

async function moveAway(folder: Folder, range: string): Promise<void> {
  const { options } = folder;
  if (options.moveTo === undefined) return;
  await options.fault?.('imap.beforeMove');
  const moved =
    (await tryMove(folder, range)) || ((await makeFolder(folder)) && (await tryMove(folder, range)));
  if (!moved)
    options.log?.warn({ range, folder: options.moveTo }, 'the server did not move taken mails away');
  await options.fault?.('imap.afterMove');
}

async function tryMove({ client, options, timing }: Folder, range: string): Promise<boolean> {
  const move = client.messageMove(range, options.moveTo ?? '', { uid: true });
  return Boolean(await withDeadline(move, { ms: timing.commandMs, what: 'moving mails' }));
}

async function makeFolder({ client, options, timing }: Folder): Promise<boolean> {
  const create = client.mailboxCreate(options.moveTo ?? '');
  try {
    await withDeadline(create, { ms: timing.commandMs, what: 'making a folder' });
    return true;
  } catch (error) {
    if (!client.usable) throw error;
    return false;
  }
}
