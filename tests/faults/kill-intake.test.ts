import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replayIntake } from '@helpdesk/core';
import { testEngines, postgresPlace } from '@helpdesk/core/testing';
import { describe, expect, it } from 'vitest';
import { hasDovecot, startDovecot } from '../setup/dovecot.js';
import { tempDir } from '../setup/temp-dir.js';
import { until } from '../setup/until.js';
import { checkBooks } from './check-books.js';
import { intakePoints } from './intake-points.js';
import { openDatabase } from './open-database.js';
import { runWorker } from './run-worker.js';
import { isCampaign, seed, seeded } from './seeded.js';

const kills = { sqlite: isCampaign ? 200 : 40, postgres: isCampaign ? 200 : 10 };
const mailsPerKill = isCampaign ? 5 : 2;

describe.skipIf(!hasDovecot).each(testEngines)('killing the desk while mail comes in, %s', (engine) => {
  it(
    `loses nothing and takes nothing twice in ${kills[engine]} kills (P1, P2)`,
    { timeout: 1_800_000 },
    async () => {
      console.log(`seed ${seed}`);
      const random = seeded(seed);
      const dovecot = await startDovecot();
      const { path: folder } = await tempDir();
      const place = engine === 'postgres' ? await postgresPlace() : undefined;
      const url = place?.url ?? `sqlite:${join(folder, 'helpdesk.sqlite')}`;
      const env = { HELPDESK_DATA: folder, DATABASE_URL: url, IMAP_PORT: String(dovecot.port) };
      const sent = new Map<string, string>();
      const deliver = async (n: number) => {
        const token = `token${String(n).padStart(5, '0')}x`;
        const raw = makeMail(n, token);
        sent.set(token, sha256(raw));
        await dovecot.deliver('support@desk.example', raw);
      };

      const first = runWorker(env);
      await until(async () => first.said.length > 0);
      await first.stop();

      let mails = 0;
      let killed = 0;
      for (let round = 0; killed < kills[engine] && round < kills[engine] * 3; round++) {
        for (let i = 0; i < mailsPerKill; i++) await deliver(mails++);
        // Every second kill is at a named point, the others at any time.
        const isNamed = round % 2 === 0;
        const fault = `${random.pick(intakePoints)}:${1 + random.below(mailsPerKill)}`;
        // Time moves on between crashes, so leases of the dead run out.
        const skew = { SKEW_MS: String(round * 20 * 60_000) };
        const worker = runWorker({ ...env, ...skew, ...(isNamed ? { HD_FAULT: fault } : {}) });
        const wait = isNamed ? 4000 : 400 + random.below(1200);
        const timer = setTimeout(() => worker.kill(), wait);
        await worker.gone;
        clearTimeout(timer);
        killed += 1;
      }

      const last = runWorker({ ...env, SKEW_MS: String(kills[engine] * 60 * 60_000) });
      const database = await openDatabase(url, folder);
      try {
        const settled = async () => {
          const parked: { id: number; reason: string }[] = await database
            .db('intake')
            .where({ state: 'parked' });
          // An item that was under way in every crash is parked for people to look at; a person tries it again.
          for (const { id, reason } of parked) {
            expect(reason).toBe('crashed');
            await replayIntake(database.app, { intakeId: id, actor: { kind: 'system', id: 'test' } });
          }
          const [row] = await database.db('messages').count({ n: '*' });
          const [open] = await database.db('intake').whereNotIn('state', ['delivered']).count({ n: '*' });
          return Number(row?.['n']) >= mails && Number(open?.['n']) === 0;
        };
        await until(settled, 120_000).catch((error: unknown) => {
          throw new Error(`${String(error)}\n${last.errors()}`);
        });
        const rows: { text: string }[] = await database.db('messages').select('text');
        const tokens = rows.map(({ text }) => /token\d{5}x/.exec(text)?.[0] ?? '').toSorted();
        expect(tokens).toEqual([...sent.keys()].toSorted());
        const raws: { sha256: string }[] = await database.db('intake').select('sha256');
        expect(new Set(raws.map((raw) => raw.sha256))).toEqual(new Set(sent.values()));
        for (const raw of raws.slice(0, 50))
          expect(sha256(await readFile(database.files.path(raw.sha256)))).toBe(raw.sha256);
        await checkBooks(database.db);
        console.log(`${engine}: ${killed} kills, ${mails} mails, all there once`);
      } finally {
        await last.stop();
        await database.close();
        await dovecot.stop();
        await place?.drop();
      }
    },
  );
});

const sha256 = (raw: Buffer | string) => createHash('sha256').update(raw).digest('hex');

/** Some have attachments, some no Message-ID, and some use the Message-ID of the one before for another letter. */
function makeMail(n: number, token: string): string {
  const id = n % 10 === 9 ? n - 1 : n;
  const isWithout = n % 20 === 7;
  const head = [
    ...(isWithout ? [] : [`Message-ID: <kill-${id}@client.example>`]),
    `From: Client ${n % 7} <client${n % 7}@client.example>`,
    'To: support@desk.example',
    `Subject: Letter ${n}`,
    `Date: Thu, 12 Mar 2026 09:${String(n % 60).padStart(2, '0')}:00 +0000`,
    'MIME-Version: 1.0',
  ];
  if (n % 10 !== 3)
    return [...head, 'Content-Type: text/plain; charset=utf-8', '', `Привет, ${token}`, ''].join('\r\n');
  return [
    ...head,
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `See the file, ${token}`,
    '--b',
    `Content-Type: application/octet-stream; name="file-${n}.bin"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(`content of ${n}`).toString('base64'),
    '--b--',
    '',
  ].join('\r\n');
}
