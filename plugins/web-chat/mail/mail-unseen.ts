import {
  answerTicket,
  change,
  findTicket,
  isError,
  listAccounts,
  parseJson,
  type ChannelAccount,
  type HostApp,
  type Logger,
} from '@helpdesk/core';
import type { FileLinks } from '../files/give-file.js';
import type { KeptFile } from '../files/kept-file.js';
import { Config } from '../site/site.js';

interface Unseen {
  readonly id: number;
  readonly ticketId: number;
  readonly at: string;
  readonly text: string;
  /** JSON of its files. */
  readonly files: string;
  readonly accountId: number;
  readonly name: string;
  readonly email: string;
  readonly language: string | null;
}

const MINUTE = 60_000;
const MOST = 500;

/**
 * An answer that the visitor has not seen for some minutes goes to the address that they left, by the mailbox of the
 * ticket's line; what they answer to that lands on the same ticket.
 */
export async function mailUnseen(
  app: HostApp,
  { log, files, signal }: { log: Logger; files: FileLinks; signal?: AbortSignal },
): Promise<void> {
  const accounts = new Map((await listAccounts(app.db)).map((account) => [account.id, account]));
  const due = (await listUnseen(app)).filter(({ accountId, at }) => isDue(app, accounts.get(accountId), at));
  for (const lines of byLetter(due)) {
    if (signal?.aborted) return;
    await mailLines(app, lines, { accounts: [...accounts.values()], files }).catch((error: unknown) =>
      log.warn({ err: error, ticketId: lines[0]?.ticketId }, 'an unseen answer did not go by mail'),
    );
  }
}

function byLetter(lines: readonly Unseen[]): Unseen[][] {
  const letters = new Map<string, Unseen[]>();
  for (const line of lines) {
    const key = `${line.ticketId} ${line.email}`;
    letters.set(key, [...(letters.get(key) ?? []), line]);
  }
  return [...letters.values()];
}

function isDue({ now }: HostApp, account: ChannelAccount | undefined, at: string): boolean {
  const { mailMinutes } = Config.parse(account?.config ?? {});
  return now().getTime() - Date.parse(at) >= mailMinutes * MINUTE;
}

async function listUnseen({ db }: HostApp): Promise<Unseen[]> {
  return db('web_chat_lines as line')
    .join('web_chat_visitors as visitor', 'visitor.id', 'line.visitorId')
    .join('messages', 'messages.id', 'line.messageId')
    .where('line.kind', 'out')
    .whereNull('line.seenAt')
    .whereNull('line.mailedAt')
    .whereRaw('coalesce(visitor.proven_email, visitor.email) is not null')
    .orderBy('line.id')
    .limit(MOST)
    .select(
      'line.id',
      'line.ticketId',
      'line.at',
      'messages.text',
      'line.files',
      'visitor.accountId',
      'visitor.name',
      'visitor.language',
      db.raw('coalesce(visitor.proven_email, visitor.email) as email'),
    );
}

async function mailLines(
  app: HostApp,
  lines: readonly Unseen[],
  { accounts, files }: { accounts: readonly ChannelAccount[]; files: FileLinks },
): Promise<void> {
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return;
  const { lineId } = await findTicket(app.db, first.ticketId);
  const mailboxes = accounts.filter(
    ({ channel, enabled }) => channel === 'email' && enabled && app.channels.has(channel),
  );
  const mailbox = mailboxes.find((one) => one.lineId === lineId) ?? mailboxes[0];
  if (!mailbox) return;
  const language = first.language ?? app.company.language;
  const site = accounts.find(({ id }) => id === first.accountId)?.address ?? '';
  const words = [
    app.t(language, 'web-chat.mail.before', { site }),
    ...lines.flatMap((line) => [line.text, ...filesOf(app, line, files)]),
    app.t(language, 'web-chat.mail.after'),
  ];
  const send = answerTicket(app, {
    ticketId: first.ticketId,
    // A machine repeats what a person has said: it counts as nobody's answer.
    agentId: null,
    accountId: mailbox.id,
    text: words.join('\n\n'),
    to: [{ name: first.name, kind: 'email', value: first.email }],
    idempotencyKey: `web-chat:mail:${last.id}`,
    actor: { kind: 'system', id: 'web-chat' },
  });
  if (!(await isSettled(send))) return;
  await change(app, async ({ trx, at }) => {
    const ids = lines.map(({ id }) => id);
    await trx('web_chat_lines').whereIn('id', ids).update({ mailedAt: at });
  });
}

/** A letter leads to the files of the chat; it does not carry them a second time. */
const filesOf = ({ config: { url } }: HostApp, line: Unseen, files: FileLinks): string[] =>
  parseJson<KeptFile[]>(line.files, []).map(({ filename }, at) => {
    const path = files.pathTo({ line: line.id, at, filename });
    return `[${filename.replaceAll(/[[\]\\]/g, '')}](${url.replace(/\/$/, '')}/inbound/web-chat/${path})`;
  });

/** Whether there is nothing more to try: it is on its way, or a plugin said no. While nobody knows who wrote, it waits. */
async function isSettled(send: Promise<unknown>): Promise<boolean> {
  try {
    await send;
    return true;
  } catch (error) {
    if (isError(error, 'TICKET_UNDECIDED')) return false;
    if (isError(error, 'ACTION_REFUSED')) return true;
    throw error;
  }
}
