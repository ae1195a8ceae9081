import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { change } from '@helpdesk/core';
import { postgresPlace, testEngines } from '@helpdesk/core/testing';
import { describe, expect, it } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../setup/dovecot.js';
import { tempDir } from '../setup/temp-dir.js';
import { until } from '../setup/until.js';
import { checkBooks } from './check-books.js';
import { intakePoints } from './intake-points.js';
import { openDatabase, type OpenDatabase } from './open-database.js';
import { runWorker, type Worker } from './run-worker.js';
import { isCampaign, seed, seeded } from './seeded.js';

type Point = (typeof intakePoints)[number];

const mailsAtOnce = isCampaign ? 1000 : 40;
const mailsPerHang = isCampaign ? 5 : 3;
const times = isCampaign ? 4 : 1;
const hangAt: readonly Point[] = isCampaign
  ? intakePoints
  : ['intake.afterSpool', 'imap.beforeStore', 'intake.afterParse', 'receive.afterMessage'];
/** Who hangs there holds locks of the database: others wait, on PostgreSQL for a minute, on SQLite until it goes on. */
const insideTransaction: readonly Point[] = [
  'intake.beforeCommit',
  'receive.afterTicket',
  'receive.afterMessage',
];
const LEASE_IS_OVER_MS = 10 * 60_000;
const user = 'support@desk.example';

// SQLite is meant for one process; a second one by mistake must not double anything either.
describe.skipIf(!hasDovecot).each(testEngines)('two desks on one mailbox and one database, %s', (engine) => {
  it(
    `take each mail once, also when one hangs past its lease and goes on, ${hangAt.length * times} times (P5)`,
    { timeout: 3_600_000 },
    async () => {
      console.log(`seed ${seed}`);
      const random = seeded(seed + 2);
      const dovecot = await startDovecot();
      const { path: folder } = await tempDir();
      const place = engine === 'postgres' ? await postgresPlace() : undefined;
      const url = place?.url ?? `sqlite:${join(folder, 'helpdesk.sqlite')}`;
      const env = { HELPDESK_DATA: folder, DATABASE_URL: url, IMAP_PORT: String(dovecot.port) };
      let mails = 0;
      const deliver = async (count: number) => {
        for (let i = 0; i < count; i += 1) await dovecot.deliver(user, makeMail(mails++));
      };
      const setUp = runWorker(env);
      await until(async () => setUp.said.length > 0);
      await setUp.stop();
      const database = await openDatabase(url, folder);
      const workers: Worker[] = [];
      try {
        // The second starts while the first is at work.
        await deliver(mailsAtOnce);
        workers.push(runWorker(env));
        await until(async () => database.db('messages').first('id'), 60_000);
        workers.push(runWorker(env));
        const [one, two] = workers as [Worker, Worker];
        await until(async () => two.said.length > 0, 60_000);
        await deliver(mailsAtOnce / 10);
        await allIn(database, mails);

        const rounds = Array.from({ length: times }, () => hangAt).flat();
        for (const [round, point] of rounds.entries()) {
          const [hung, other] = round % 2 === 0 ? [one, two] : [two, one];
          const isInside = insideTransaction.includes(point);
          await pauseBetweenWrites(other, database);
          await ask(hung, { hang: `${point}:${1 + random.below(mailsPerHang)}` });
          await deliver(mailsPerHang);
          await until(() => hung.isPaused(), 60_000);
          other.resume();
          await ask(other, { pass: LEASE_IS_OVER_MS });
          const isLocked = isInside && !(isCampaign && engine === 'postgres' && round < hangAt.length);
          const isFreed = !isLocked && (await canWrite(database));
          if (isFreed) await allIn(database, mails, 180_000);
          hung.resume();
          await ask(hung, { pass: LEASE_IS_OVER_MS });
          await allIn(database, mails, 180_000);
        }

        await until(() => allSeen(dovecot, mails), 60_000);
        for (const worker of workers.splice(0)) await worker.stop();
        await checkMessages(database, mails);
        await checkBooks(database.db);
        console.log(`${engine}: ${mails} mails, ${rounds.length} hangs, each mail is one message`);
      } catch (error) {
        throw new Error(workers.map(({ errors }) => errors()).join('\n---\n'), { cause: error });
      } finally {
        for (const worker of workers) worker.kill();
        await Promise.all(workers.map(({ gone }) => gone));
        await database.close();
        await dovecot.stop();
        await place?.drop();
      }
    },
  );
});

/** Answers once the worker has heard it. */
async function ask(worker: Worker, command: Record<string, unknown>): Promise<void> {
  const before = worker.said.length;
  worker.ask(command);
  await until(async () => worker.said.length > before, 60_000);
}

/** A process may stop while it writes something else; then others wait for it. */
async function canWrite({ app }: OpenDatabase): Promise<boolean> {
  const written = change(app, async ({ atEnd }) => atEnd(async () => undefined));
  const wasWritten = written.then(
    () => true,
    () => false,
  );
  return Promise.race([wasWritten, pause(5000, false)]);
}

async function pauseBetweenWrites(worker: Worker, database: OpenDatabase): Promise<void> {
  for (;;) {
    worker.pause();
    await until(() => worker.isPaused());
    if (await canWrite(database)) return;
    worker.resume();
    await pause(100);
  }
}

async function allIn({ db }: OpenDatabase, mails: number, ms = 120_000): Promise<void> {
  await until(async () => {
    const [row] = await db('messages').count({ n: '*' });
    const open = await db('intake').whereIn('state', ['received', 'processing']).first('id');
    return Number(row?.['n']) >= mails && open === undefined;
  }, ms);
}

/** Every mail is marked as read on the server. */
async function allSeen(dovecot: Dovecot, mails: number): Promise<boolean> {
  const names = await readdir(join(dovecot.mailDir(user), 'cur'));
  return names.filter((name) => /:2,.*S/.test(name)).length === mails;
}

interface Taken {
  readonly text: string;
  readonly ticketId: number;
  readonly intakeId: number;
}

async function checkMessages({ db }: OpenDatabase, mails: number): Promise<void> {
  const messages: Taken[] = await db('messages').select('text', 'ticketId', 'intakeId');
  const numberOf = ({ text }: Taken) => Number(/token(\d{5})x/.exec(text)?.[1]);
  const numbers = messages.map(numberOf).toSorted((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: mails }, (_, n) => n));
  expect(await db('intake').groupBy('state').select('state').count({ n: '*' })).toEqual([
    { state: 'delivered', n: mails },
  ]);
  // One desk at a time reads an account, so what continues a letter has found it.
  const byNumber = new Map(messages.map((message) => [numberOf(message), message]));
  for (const [n, answer] of byNumber) {
    const letter = byNumber.get(n - 1);
    if (isAnswer(n) && letter && letter.intakeId < answer.intakeId)
      expect(answer.ticketId, `mail ${n}`).toBe(letter.ticketId);
  }
  expect(await db('identities').groupBy('normalised').select('normalised')).toHaveLength(7);
  expect(await db('contacts').select('id')).toHaveLength(7);
}

const isAnswer = (n: number) => n % 5 === 4;

/** Of seven writers; every fifth mail continues the one before it. */
function makeMail(n: number): string {
  const writer = (isAnswer(n) ? n - 1 : n) % 7;
  return [
    `Message-ID: <two-${n}@client.example>`,
    `From: Client ${writer} <client${writer}@client.example>`,
    `To: ${user}`,
    `Subject: Letter ${n}`,
    `Date: Thu, 12 Mar 2026 09:${String(n % 60).padStart(2, '0')}:00 +0000`,
    ...(isAnswer(n) ? [`In-Reply-To: <two-${n - 1}@client.example>`] : []),
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Hello, token${String(n).padStart(5, '0')}x`,
    '',
  ].join('\r\n');
}
