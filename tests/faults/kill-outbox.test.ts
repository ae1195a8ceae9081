import { join } from 'node:path';
import { createApp, createLog, keepRaw, resolveConfig } from '@helpdesk/core';
import { postgresPlace, testEngines } from '@helpdesk/core/testing';
import { email } from '@helpdesk/plugin-email';
import { describe, expect, it } from 'vitest';
import { startSmtpSink } from '../setup/smtp-sink.js';
import { tempDir } from '../setup/temp-dir.js';
import { until } from '../setup/until.js';
import { checkBooks } from './check-books.js';
import { openDatabase } from './open-database.js';
import { runWorker } from './run-worker.js';
import { isCampaign, seed, seeded } from './seeded.js';

const points = [
  'reply.afterMessage',
  'reply.beforeCommit',
  'outbox.afterSending',
  'outbox.afterSend',
  'outbox.beforeSettled',
  'outbox.afterSettled',
];
const kills = { sqlite: isCampaign ? 200 : 24, postgres: isCampaign ? 200 : 8 };
const perKill = 3;

describe.each(testEngines)('killing the desk while answers go out, %s', (engine) => {
  it(
    'keeps every answer that was acknowledged, and sends it once or twice (P14, P15)',
    { timeout: 1_800_000 },
    async () => {
      console.log(`seed ${seed}`);
      const random = seeded(seed + 1);
      const sink = await startSmtpSink();
      const { path: folder } = await tempDir();
      const place = engine === 'postgres' ? await postgresPlace() : undefined;
      const url = place?.url ?? `sqlite:${join(folder, 'helpdesk.sqlite')}`;
      const env = { HELPDESK_DATA: folder, DATABASE_URL: url, IMAP_PORT: '9', SMTP_PORT: String(sink.port) };
      const first = runWorker(env);
      await until(async () => first.said.length > 0);
      await first.stop();
      const tickets = await openTickets(url, folder);

      const copiesOf = (id: string) =>
        sink.mails.filter((mail) => mail.raw.toString().includes(`\nMessage-ID: ${id}`));
      const acknowledged = new Map<string, number>();
      let asked = 0;
      for (let round = 0; round < kills[engine]; round++) {
        const skew = { SKEW_MS: String(round * 60 * 60_000) };
        const fault = `${random.pick(points)}:${1 + random.below(perKill)}`;
        const worker = runWorker({ ...env, ...skew, HD_FAULT: fault, UNDO: '0' });
        await until(
          async () =>
            worker.said.length > 0 || worker.child.exitCode !== null || worker.child.signalCode !== null,
        );
        for (let i = 0; i < perKill; i++) {
          const key = `answer${String(asked++).padStart(4, '0')}x`;
          worker.ask({ reply: tickets[asked % tickets.length], key, to: `client${asked}@client.example` });
        }
        const timer = setTimeout(() => worker.kill(), 1500);
        await worker.gone;
        clearTimeout(timer);
        for (const line of worker.said)
          if (typeof line['replied'] === 'number') acknowledged.set(String(line['key']), line['replied']);
      }

      const last = runWorker({ ...env, SKEW_MS: String(kills[engine] * 60 * 60_000 + 86_400_000) });
      const database = await openDatabase(url, folder);
      const pending = ['held', 'queued', 'leased', 'sending', 'retry'];
      await until(async () => !(await database.db('deliveries').whereIn('state', pending).first()), 120_000);
      await last.stop();
      const messages: { id: number; text: string; externalId: string }[] = await database
        .db('messages')
        .where({ kind: 'outgoing' });
      for (const [key, messageId] of acknowledged) {
        const rows = messages.filter(({ text }) => text.includes(key));
        expect(rows.map(({ id }) => id)).toEqual([messageId]);
        const deliveries = await database.db('deliveries').where({ messageId });
        expect(deliveries).toHaveLength(1);
        const copies = copiesOf(rows[0]?.externalId ?? 'none');
        // Two crashes in the blink between "sending" and the first byte: nobody knows, and the agent is told so.
        if (copies.length === 0) expect(deliveries[0].state, key).toBe('uncertain');
        expect(copies.length, key).toBeLessThanOrEqual(2);
      }
      const ids = messages.map(({ externalId }) => externalId);
      const doubled = ids.filter((id) => copiesOf(id).length > 1);
      await checkBooks(database.db);
      await database.close();
      await sink.stop();
      await place?.drop();
      console.log(
        `${engine}: ${kills[engine]} kills, ${acknowledged.size} of ${asked} answers acknowledged, ${doubled.length} sent twice`,
      );
      expect(acknowledged.size).toBeGreaterThan(asked / 3);
      expect(doubled.length).toBeLessThanOrEqual(kills[engine]);
    },
  );
});

async function openTickets(url: string, folder: string): Promise<number[]> {
  const config = resolveConfig({ database: url, data: folder, plugins: [email()] }, { env: {} });
  const desk = await createApp(config, { log: createLog('silent') });
  const account = await desk.app.db('channelAccounts').first('id', 'channel');
  for (let n = 0; n < 6; n++) {
    const raw = `From: c${n}@client.example\r\nSubject: Question ${n}\r\nMessage-ID: <q${n}@x>\r\n\r\nHello ${n}\r\n`;
    await keepRaw(desk.app, { account, externalId: `q${n}`, raw: Buffer.from(raw) });
  }
  await desk.app.settings.save('company', desk.app.settingFields('company') ?? {}, {
    values: { undoSeconds: '0' },
    actor: { kind: 'system', id: 'test' },
  });
  await desk.app.workers.intake.drain();
  const tickets: { id: number }[] = await desk.app.db('tickets').select('id');
  await desk.close();
  return tickets.map(({ id }) => id);
}
