import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import {
  addAccount,
  changeAccount,
  isSetUp,
  keepRaw,
  listAccounts,
  listLines,
  type HostApp,
} from '@helpdesk/core';
import type { ConfigOptions } from '../config/load-config.js';
import { findOrMakeLine } from '../demo/tell/cast.js';
import { errors } from '../errors.js';
import { readMails } from '../mail/read-mails.js';
import { actor, withApp } from '../with-app.js';

export interface ImportMailOptions extends ConfigOptions {
  readonly path: string;
  readonly line?: string;
  readonly json?: boolean;
}

const AT_A_TIME = 200;

/** Takes old mail in through the journal, like any other. @throws NOT_SET_UP, USAGE */
export async function importMail({ path, line, json, ...options }: ImportMailOptions): Promise<number> {
  await access(path).catch(() => {
    throw errors.USAGE({ because: `There is no file or folder ${path}`, command: 'import-mail' });
  });
  return withApp(options, async (app) => {
    if (!(await isSetUp(app))) throw errors.NOT_SET_UP();
    if (!app.channels.has('email'))
      throw errors.USAGE({ because: 'The email plugin is switched off', command: 'import-mail' });
    const account = await findOrMakeAccount(app, line);
    const before = await countStates(app, account.id);
    const known = await takeIn(app, account, path);
    const after = await countStates(app, account.id);
    report({ known, before, after }, json ?? false);
    return 0;
  });
}

interface Account {
  readonly id: number;
  readonly channel: string;
}

/** An entrance of its own for each line, that fetches and sends nothing. */
async function findOrMakeAccount(app: HostApp, line: string | undefined): Promise<Account> {
  const [first] = await listLines(app.db);
  const lineId = line === undefined && first ? first.id : await findOrMakeLine(app, line ?? 'Mail');
  const address = `import-${lineId}@localhost`;
  const known = (await listAccounts(app.db, { channel: 'email' })).find((one) => one.address === address);
  if (known) return known;
  const id = await addAccount(app, { channel: 'email', lineId, name: 'Import', address, config: {}, actor });
  await changeAccount(app, { accountId: id, fields: { enabled: false }, actor });
  return { id, channel: 'email' };
}

/** @returns how many the journal had already */
async function takeIn(app: HostApp, account: Account, path: string): Promise<number> {
  let known = 0;
  let taken = 0;
  for await (const raw of readMails(path)) {
    const externalId = createHash('sha256').update(raw).digest('hex');
    const answer = await keepRaw(app, { account, externalId, raw, meta: { source: 'import' } });
    if (answer === 'known') {
      known += 1;
      continue;
    }
    taken += 1;
    if (taken % AT_A_TIME !== 0) continue;
    await app.workers.intake.drain();
    if (process.stderr.isTTY) process.stderr.write(`\r${taken} mails`);
  }
  await app.workers.intake.drain();
  if (process.stderr.isTTY) process.stderr.write('\n');
  return known;
}

type States = ReadonlyMap<string, number>;

async function countStates({ db }: HostApp, accountId: number): Promise<States> {
  const rows: { state: string; n: number }[] = await db('intake')
    .where({ accountId })
    .groupBy('state')
    .select('state')
    .count({ n: '*' });
  return new Map(rows.map(({ state, n }) => [state, n]));
}

function report({ known, before, after }: { known: number; before: States; after: States }, asJson: boolean) {
  const grown = (state: string) => (after.get(state) ?? 0) - (before.get(state) ?? 0);
  const states = ['delivered', 'duplicate', 'parked', 'refused'] as const;
  const counts = Object.fromEntries(states.map((state) => [state, grown(state)]));
  const received =
    [...after.values()].reduce((a, b) => a + b, 0) - [...before.values()].reduce((a, b) => a + b, 0);
  const words = states.map((state) => `${state} ${counts[state] ?? 0}`).join(', ');
  const line = `Received ${received}: ${words}. Known already: ${known}.`;
  process.stdout.write(`${asJson ? JSON.stringify({ received, ...counts, known }) : line}\n`);
}
