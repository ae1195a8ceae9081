import { balanceIntake, keepRaw, listAccounts, replayIntake } from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { email } from '@helpdesk/plugin-email';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from './check-books.js';
import { hostileMails } from './hostile-mails.js';
import { addTestMailbox } from './test-mailbox.js';

const tables = {
  messages: ['subject', 'text', 'quote', 'html', 'participants', 'flags', 'externalId'],
  tickets: ['subject', 'snippet'],
  contacts: ['name'],
  identities: ['value', 'normalised'],
  attachments: ['filename', 'contentType'],
  intake: ['detail', 'reason'],
};

describe.each(testEngines)('mails that broke other desks, %s', (engine) => {
  let desk: TestDesk;
  const hostile = hostileMails();

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [email()] } });
    await addTestMailbox(desk.app);
    const [account] = await listAccounts(desk.app.db);
    if (!account) throw new Error('no mailbox');
    for (const [name, raw] of hostile) {
      await keepRaw(desk.app, { account, externalId: `bad ${name}`, raw });
      const good = `From: good@client.example\r\nSubject: good after ${name}\r\nMessage-ID: <${name.replaceAll(/\W/g, '-')}@x>\r\n\r\nгуд\r\n`;
      await keepRaw(desk.app, { account, externalId: `good ${name}`, raw: Buffer.from(good) });
    }
    await desk.app.workers.intake.drain();
  }, 400_000);
  afterAll(() => desk?.close());

  it('lets every letter behind them through (P3, P8)', async () => {
    const good = await desk.app
      .db('intake')
      .where('externalId', 'like', 'good %')
      .select('externalId', 'state');
    expect(good).toHaveLength(hostile.size);
    expect(good.filter(({ state }: { state: string }) => state !== 'delivered')).toEqual([]);
  });

  it('keeps each of them in the journal, delivered or with a reason, and lets people try again', async () => {
    const { received, inWork, parked } = await balanceIntake(desk.app.db);
    expect(received).toBe(hostile.size * 2);
    expect(inWork).toBe(0);
    const bad: { id: number; state: string; reason: string | null; externalId: string }[] = await desk.app
      .db('intake')
      .where('externalId', 'like', 'bad %');
    for (const { state, reason, externalId } of bad)
      if (state === 'parked' || state === 'refused') expect(reason, externalId).toMatch(/^[a-z-]+$/);
    const tooBig = bad.find(({ externalId }) => externalId === 'bad 30 MB over the limit');
    expect(tooBig).toMatchObject({ state: 'refused', reason: 'too-big' });
    expect(parked).toBeGreaterThan(0);
    const one = bad.find(({ state }) => state === 'parked');
    await replayIntake(desk.app, { intakeId: one?.id ?? 0, actor: { kind: 'system', id: 'test' } });
    await desk.app.workers.intake.drain();
    expect((await desk.app.db('intake').where({ id: one?.id }).first()).state).toBe('parked');
    await checkBooks(desk.app.db);
  });

  it('stores no NUL, no half of a character, and nothing endless (P12)', async () => {
    for (const [table, columns] of Object.entries(tables)) {
      const rows: Record<string, string | null>[] = await desk.app.db(table).select(...columns);
      for (const row of rows)
        for (const [column, value] of Object.entries(row)) {
          if (value === null) continue;
          expect(value.includes('\0'), `${table}.${column}`).toBe(false);
          expect(value.isWellFormed(), `${table}.${column}`).toBe(true);
          expect(value.length, `${table}.${column}`).toBeLessThan(4 * 1024 * 1024);
        }
    }
    const html = await desk.app.db('messages').whereNotNull('html').select('html');
    for (const row of html) expect(row.html).not.toMatch(/<script|onerror|<iframe|<svg/i);
  });
});
