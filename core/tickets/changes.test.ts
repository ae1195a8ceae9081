import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContact } from '../contacts/actions/create-contact.js';
import { change } from '../database/change.js';
import type { Actor } from '../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { assignTicket } from './actions/assign-ticket.js';
import { cancelMessage } from './actions/cancel-message.js';
import { changeTicketContact } from './actions/change-ticket-contact.js';
import { chooseHat } from './actions/choose-hat.js';
import { closeTicket } from './actions/close-ticket.js';
import { keepUpload } from './actions/keep-upload.js';
import { noteOnTicket } from './actions/note-on-ticket.js';
import { receiveMessage } from './actions/receive-message.js';
import { replyToTicket, type ReplyOutcome, type ReplyToTicket } from './actions/reply-to-ticket.js';
import { saveDraft } from './actions/save-draft.js';
import { setPriority } from './actions/set-priority.js';
import { snoozeTicket } from './actions/snooze-ticket.js';
import { tagTicket } from './actions/tag-ticket.js';
import { wakeTicket } from './actions/wake-ticket.js';
import { findTicket } from './queries/find-ticket.js';
import { listDrafts } from './queries/read-ticket-side.js';
import { readTimeline } from './queries/read-timeline.js';
import { searchTickets } from './queries/search-tickets.js';
import { seedTickets } from './seed-tickets.js';

const actor: Actor = { kind: 'agent', id: 1 };
const account = { id: 1, channel: 'mail', lineId: 1 };
const carla = { name: 'Carla', kind: 'email', value: 'carla@client.example' };
const everything = { agentId: 1, lineIds: 'all' as const };

describe.each(testEngines)('tickets on %s', (engine) => {
  let app: TestApp;
  let contactId = 0;
  let letters = 0;

  beforeEach(async () => {
    app = await makeTestApp(engine);
    await change(app, async ({ trx, at }) => {
      await seedTickets(trx, 'en');
      await trx('lines').insert({ name: 'Support', createdAt: at });
      await trx('channel_accounts').insert({
        channel: 'mail',
        lineId: 1,
        name: 'Shop',
        address: 'help@shop.example',
        createdAt: at,
      });
    });
    contactId = await createContact(app, { name: 'Carla', identities: [], actor });
  });
  afterEach(() => app.close());

  const receive = async (
    ticketId: number | null,
    text = 'The kettle is cold',
    auto: 'auto' | null = null,
  ) => {
    const id = `<${++letters}@client.example>`;
    const outcome = await receiveMessage(app, {
      account,
      from: { contactId },
      ticketId,
      message: {
        externalId: id,
        fingerprint: id,
        writtenAt: null,
        subject: 'Kettle',
        text,
        quote: '',
        html: null,
        htmlVersion: null,
        participants: { from: carla },
        attachments: [],
        auto,
        flags: [],
      },
      evidence: [],
    });
    return outcome.ticketId;
  };
  const reply = (ticketId: number, more: Partial<ReplyToTicket> = {}): Promise<ReplyOutcome> =>
    replyToTicket(app, {
      ticketId,
      agentId: 1,
      text: 'We send a new one',
      to: [carla],
      account,
      freeze: (_step, { messageId }) => ({ externalId: `<ours-${messageId}@shop.example>` }),
      holdMs: 10_000,
      actor,
      ...more,
    });
  const undo = (messageId: number, agentId = 1) => cancelMessage(app, { messageId, agentId, actor });
  const find = (ticketId: number) => findTicket(app.db, ticketId);
  const names = async () => {
    const rows: { name: string }[] = await app.db('events').orderBy('id').select('name');
    return rows.map(({ name }) => name);
  };

  it('counts every message when letters, notes and replies come at once', async () => {
    const ticketId = await receive(null);
    for (let round = 0; round < 10; round++)
      await Promise.all([
        receive(ticketId, `Letter ${round}`),
        noteOnTicket(app, { ticketId, agentId: 1, text: `Note ${round}`, actor }),
        reply(ticketId, { anyway: true }),
        setPriority(app, { ticketId, priority: round % 2 === 0 ? 3 : 2, actor }),
      ]);
    const { messages } = await readTimeline(app.db, { ticketId });
    expect(messages).toHaveLength(31);
    expect((await find(ticketId)).messageCount).toBe(31);
  });

  it('refuses a change of what somebody else changed meanwhile, and leaves alone what is so already', async () => {
    const ticketId = await receive(null);
    const { version } = await find(ticketId);
    await setPriority(app, { ticketId, priority: 4, expectedVersion: version, actor });
    const late = assignTicket(app, { ticketId, assigneeId: 1, expectedVersion: version, actor });
    await expect(late).rejects.toMatchObject({ code: 'TICKET_CHANGED' });
    const same = await setPriority(app, { ticketId, priority: 4, expectedVersion: version, actor });
    expect(same.version).toBe(version + 1);
    expect((await names()).filter((name) => name === 'ticket.prioritised')).toHaveLength(1);
    await expect(setPriority(app, { ticketId: 999, priority: 4, actor })).rejects.toMatchObject({
      code: 'TICKET_UNKNOWN',
    });
  });

  it('makes an undone answer a draft again with its text, recipients and files; the ticket is as it was', async () => {
    const ticketId = await receive(null);
    const before = await find(ticketId);
    app.clock.pass(60_000);
    const key = await keepUpload(app, {
      agentId: 1,
      filename: 'label.pdf',
      contentType: 'application/pdf',
      content: Buffer.from('%PDF-'),
    });
    const { messageId } = await reply(ticketId, {
      text: 'Returnlabel attached',
      uploads: [key],
      then: 'solve',
    });
    expect(await find(ticketId)).toMatchObject({ category: 'solved', assigneeId: 1, messageCount: 2 });
    expect(await undo(messageId)).toBe(true);
    const { version, updatedAt, ...restored } = await find(ticketId);
    const { version: firstVersion, updatedAt: firstAt, ...first } = before;
    expect(restored).toEqual(first);
    expect(version).toBeGreaterThan(firstVersion);
    expect(updatedAt > firstAt).toBe(true);
    const [draft] = await listDrafts(app.db, [ticketId]);
    expect(draft).toMatchObject({
      text: 'Returnlabel attached',
      participants: { to: [carla] },
      uploads: [key],
    });
    const sentAgain = await reply(ticketId, { text: 'Returnlabel attached', uploads: draft?.uploads ?? [] });
    const { attachments, messages } = await readTimeline(app.db, { ticketId });
    expect(messages.map(({ id }) => id)).toContain(sentAgain.messageId);
    expect(attachments.map(({ filename, messageId: of }) => [filename, of])).toEqual([
      ['label.pdf', sentAgain.messageId],
    ]);
    expect(await listDrafts(app.db, [ticketId])).toEqual([]);
  });

  it('does not find what was taken back', async () => {
    const ticketId = await receive(null);
    const { messageId } = await reply(ticketId, { text: 'Zeppelin' });
    const search = () => searchTickets(app, { query: 'zeppelin', viewer: everything });
    expect((await search()).found).toHaveLength(1);
    await undo(messageId);
    expect((await search()).found).toEqual([]);
  });

  it('keeps what was done between an answer and its undo', async () => {
    const ticketId = await receive(null);
    const { waitingSince } = await find(ticketId);
    app.clock.pass(60_000);
    const { messageId } = await reply(ticketId);
    await setPriority(app, { ticketId, priority: 4, actor });
    await assignTicket(app, { ticketId, assigneeId: 2, actor });
    await noteOnTicket(app, { ticketId, agentId: 1, text: 'Look here', actor });
    app.clock.pass(1000);
    await receive(ticketId, 'Are you there?');
    await undo(messageId);
    expect(await find(ticketId)).toMatchObject({
      priority: 4,
      assigneeId: 2,
      messageCount: 3,
      snippet: 'Are you there?',
      category: 'open',
      waitingSince,
    });
  });

  it('leaves the ticket answered when a later answer stands', async () => {
    const ticketId = await receive(null);
    const first = await reply(ticketId, { text: 'First' });
    await reply(ticketId, { text: 'Second' });
    await undo(first.messageId);
    expect(await find(ticketId)).toMatchObject({
      category: 'waiting_customer',
      waitingSince: null,
      snippet: 'Second',
      messageCount: 2,
    });
  });

  it('takes nothing back twice, nothing that left, and nothing of somebody else', async () => {
    const ticketId = await receive(null);
    const one = await reply(ticketId);
    expect(await undo(one.messageId, 2)).toBe(false);
    expect(await undo(one.messageId)).toBe(true);
    expect(await undo(one.messageId)).toBe(false);
    const two = await reply(ticketId);
    await change(app, ({ trx }) =>
      trx('deliveries').where({ messageId: two.messageId }).update({ state: 'sending' }),
    );
    expect(await undo(two.messageId)).toBe(false);
    expect((await find(ticketId)).messageCount).toBe(2);
  });

  it('keeps recipients and files of a draft until others are given, and removes an empty one', async () => {
    const ticketId = await receive(null);
    const base = { agentId: 1, ticketId, mode: 'reply' as const };
    await saveDraft(app, { ...base, text: 'One', participants: { to: [carla] }, uploads: ['k1'] });
    await saveDraft(app, { ...base, text: 'Two' });
    expect(await listDrafts(app.db, [ticketId])).toMatchObject([
      { text: 'Two', participants: { to: [carla] }, uploads: ['k1'] },
    ]);
    await saveDraft(app, { ...base, text: ' ', uploads: ['k1'] });
    expect(await listDrafts(app.db, [ticketId])).toHaveLength(1);
    await saveDraft(app, { ...base, text: ' ', uploads: [] });
    expect(await listDrafts(app.db, [ticketId])).toEqual([]);
  });

  it('opens what was closed when somebody answers, and keeps a status of the company when nothing moves', async () => {
    const ticketId = await receive(null);
    await closeTicket(app, { ticketId, actor });
    await reply(ticketId);
    expect(await find(ticketId)).toMatchObject({
      category: 'waiting_customer',
      closedAt: null,
      solvedAt: null,
      bucket: 'open',
    });
    await change(app, ({ trx }) =>
      trx('statuses').insert({
        key: 'parts',
        category: 'waiting_customer',
        name: 'Parts',
        position: 9,
        builtin: 0,
      }),
    );
    await change(app, ({ trx }) => trx('tickets').where({ id: ticketId }).update({ status: 'parts' }));
    await reply(ticketId, { then: 'stay', anyway: true });
    expect((await find(ticketId)).status).toBe('parts');
  });

  it('lets no machine wake a ticket or start the customer’s waiting', async () => {
    const ticketId = await receive(null);
    await reply(ticketId);
    await snoozeTicket(app, { ticketId, until: new Date(app.now().getTime() + 60_000).toISOString(), actor });
    await receive(ticketId, 'I am away', 'auto');
    expect(await find(ticketId)).toMatchObject({ bucket: 'snoozed', waitingSince: null, messageCount: 3 });
    await receive(ticketId, 'Here again');
    expect(await find(ticketId)).toMatchObject({ bucket: 'open', category: 'open', snoozedUntil: null });
  });

  it('snoozes into the future only, and wakes once', async () => {
    const ticketId = await receive(null);
    const past = snoozeTicket(app, { ticketId, until: app.now().toISOString(), actor });
    await expect(past).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await snoozeTicket(app, { ticketId, until: '2999-01-01T00:00:00Z', staysOnReply: true, actor });
    await receive(ticketId);
    expect((await find(ticketId)).bucket).toBe('snoozed');
    await wakeTicket(app, { ticketId, because: 'agent', actor });
    await wakeTicket(app, { ticketId, because: 'agent', actor });
    expect((await names()).filter((name) => name === 'ticket.woken')).toHaveLength(1);
  });

  it('wears only hats of the ticket’s contact, and asks anew when the contact changes', async () => {
    const ticketId = await receive(null);
    const other = await createContact(app, { name: 'Otto', identities: [], actor });
    const hat = async (of: number) => {
      const [row] = await change(app, ({ trx, at }) =>
        trx('memberships')
          .insert({ contactId: of, role: 'private', validFrom: at })
          .returning<{ id: number }[]>('id'),
      );
      return row?.id ?? 0;
    };
    const [own, foreign] = [await hat(contactId), await hat(other)];
    const wrong = chooseHat(app, { ticketId, membershipId: foreign, reason: 'x', actor });
    await expect(wrong).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await chooseHat(app, { ticketId, membershipId: own, reason: 'core.hat.byHand', actor });
    expect((await find(ticketId)).membershipId).toBe(own);
    await changeTicketContact(app, { ticketId, contactId: other, actor });
    expect(await find(ticketId)).toMatchObject({
      contactId: other,
      membershipId: null,
      membershipReason: null,
    });
  });

  it('puts a tag once, whatever its case, and refuses one without a name', async () => {
    const ticketId = await receive(null);
    await tagTicket(app, { ticketId, tag: ' Late  delivery ', actor });
    await tagTicket(app, { ticketId, tag: 'LATE delivery', actor });
    expect(await app.db('ticketTags').where({ ticketId })).toHaveLength(1);
    expect((await names()).filter((name) => name === 'ticket.tagged')).toHaveLength(1);
    const empty = tagTicket(app, { ticketId, tag: '  ', actor });
    await expect(empty).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
