import {
  answerTicket,
  assignTicket,
  findTicket,
  isError,
  keepRaw,
  listAccounts,
  noteOnTicket,
  saveDraft,
  setPriority,
  solveTicket,
  tagTicket,
  type Actor,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { email } from '@helpdesk/plugin-email';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from './check-books.js';
import { isCampaign, seed, seeded } from './seeded.js';
import { addTestMailbox } from './test-mailbox.js';

const rounds = isCampaign ? 1000 : 100;

describe.each(testEngines)('two agents at once, %s', (engine) => {
  let desk: TestDesk;
  let ticketId = 0;
  const agent: Actor = { kind: 'agent', id: 1 };

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [email()] } });
    await addTestMailbox(desk.app);
    const [account] = await listAccounts(desk.app.db);
    const raw = 'From: carla@client.example\r\nSubject: Cold\r\nMessage-ID: <a@x>\r\n\r\nCold\r\n';
    if (account) await keepRaw(desk.app, { account, externalId: '1', raw: Buffer.from(raw) });
    await desk.app.workers.intake.drain();
    ticketId = (await desk.app.db('tickets').first('id')).id;
  });
  afterAll(() => desk?.close());

  it(`lets one of two changes of the same version through, ${rounds} times (P29)`, async () => {
    const random = seeded(seed + 2);
    const { app } = desk;
    const changes = [
      (expectedVersion: number) =>
        setPriority(app, { ticketId, priority: 1 + random.below(4), expectedVersion, actor: agent } as never),
      (expectedVersion: number) =>
        assignTicket(app, {
          ticketId,
          assigneeId: random.below(2) === 0 ? null : 1,
          expectedVersion,
          actor: agent,
        }),
      (expectedVersion: number) => solveTicket(app, { ticketId, expectedVersion, actor: agent }),
    ];
    let conflicts = 0;
    for (let round = 0; round < rounds; round++) {
      const before = await findTicket(app.db, ticketId);
      const both = await Promise.allSettled([
        random.pick(changes)(before.version),
        random.pick(changes)(before.version),
      ]);
      const refused = both.filter((one) => one.status === 'rejected');
      for (const one of refused) expect(isError(one.reason, 'TICKET_CHANGED')).toBe(true);
      conflicts += refused.length;
      const after = await findTicket(app.db, ticketId);
      // Whoever comes second and wants what stands already is told so, with the version of the first.
      const written = new Set(
        both.flatMap((one) =>
          one.status === 'fulfilled' && one.value.version > before.version ? [one.value.version] : [],
        ),
      );
      // What was written is what stands: a success raised the version once, and is not lost.
      expect(written.size).toBeLessThanOrEqual(1);
      expect(after.version).toBe(before.version + written.size);
    }
    expect(conflicts).toBeGreaterThan(0);
    await checkBooks(app.db);
  });

  it('keeps the text of whoever writes into one draft last, whole', async () => {
    const { app } = desk;
    for (let round = 0; round < 20; round++)
      await Promise.all(
        ['a', 'b'].map((who) =>
          saveDraft(app, { agentId: 1, ticketId, mode: 'reply', text: who.repeat(50 + round) }),
        ),
      );
    const draft = await app.db('drafts').where({ ticketId, agentId: 1, mode: 'reply' }).first();
    expect(draft.text).toMatch(/^(a{69}|b{69})$/);
    expect(draft.version).toBe(40);
  });

  it('stops a reply over a newer message, and sends it when the agent insists', async () => {
    const { app } = desk;
    const to = [{ name: '', kind: 'email', value: 'carla@client.example' }];
    const seen = await app.db('messages').where({ ticketId }).max({ id: 'id' }).first();
    const base = { ticketId, agentId: 1, to, actor: agent, lastSeenMessageId: seen?.id };
    const [one, two] = await Promise.all([
      answerTicket(app, { ...base, text: 'First' }),
      answerTicket(app, { ...base, text: 'Second' }).catch((error: unknown) => error),
    ]);
    const states = [one, two]
      .map((answer) => (isError(answer) ? answer.code : (answer as { state: string }).state))
      .toSorted();
    expect(states).toEqual(['newer', 'queued']);
    const insisted = await answerTicket(app, { ...base, text: 'Third', anyway: true });
    expect(insisted.state).toBe('queued');
  });

  it(`answers and notes once for a key posted twice at once, ${rounds} times (P37)`, async () => {
    const { app } = desk;
    const to = [{ name: '', kind: 'email', value: 'carla@client.example' }];
    const before = Number((await app.db('messages').where({ ticketId }).count({ n: '*' }).first())?.n);
    for (let round = 0; round < rounds; round++) {
      const idempotencyKey = `key-${round}`;
      const post = () =>
        round % 2 === 0
          ? answerTicket(app, {
              ticketId,
              agentId: 1,
              text: `Reply ${round}`,
              to,
              idempotencyKey,
              actor: agent,
            })
          : noteOnTicket(app, { ticketId, agentId: 1, text: `Note ${round}`, idempotencyKey, actor: agent });
      const [one, two] = await Promise.all([post(), post()]);
      expect(two).toEqual(one);
    }
    const after = Number((await app.db('messages').where({ ticketId }).count({ n: '*' }).first())?.n);
    expect(after - before).toBe(rounds);
    await tagTicket(app, { ticketId, tag: 'done', actor: agent });
    await checkBooks(app.db);
  });
});
