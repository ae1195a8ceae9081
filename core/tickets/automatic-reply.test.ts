import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContact } from '../contacts/actions/create-contact.js';
import { change } from '../database/change.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { noteOnTicket } from './actions/note-on-ticket.js';
import { openTicket } from './actions/open-ticket.js';
import { receiveMessage } from './actions/receive-message.js';
import { replyToTicket } from './actions/reply-to-ticket.js';
import { findTicket } from './queries/find-ticket.js';
import { readTimeline } from './queries/read-timeline.js';
import { seedTickets } from './seed-tickets.js';

const actor = { kind: 'plugin', id: 'routing', door: 'rule' } as const;
const account = { id: 1, channel: 'mail', lineId: 1 };
const carla = { name: 'Carla', kind: 'email', value: 'carla@client.example' };

describe.each(testEngines)('what a machine writes on %s', (engine) => {
  let app: TestApp;
  let ticketId = 0;

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
    const contactId = await createContact(app, { name: 'Carla', identities: [], actor });
    const outcome = await receiveMessage(app, {
      account,
      from: { contactId },
      ticketId: null,
      message: {
        externalId: '<1@client.example>',
        fingerprint: '1',
        writtenAt: null,
        subject: 'Kettle',
        text: 'The kettle is cold',
        quote: '',
        html: null,
        htmlVersion: null,
        participants: { from: carla },
        attachments: [],
        auto: null,
        flags: [],
      },
      evidence: [],
    });
    ticketId = outcome.ticketId;
  });
  afterEach(() => app.close());

  it('an answer leaves the customer waiting and the ticket without an owner, and is no first reply', async () => {
    const before = await findTicket(app.db, ticketId);
    const outcome = await replyToTicket(app, {
      ticketId,
      agentId: null,
      text: 'We have got it',
      to: [carla],
      account,
      freeze: () => ({ externalId: '<2@shop.example>' }),
      holdMs: 0,
      actor,
    });
    expect(outcome.state).toBe('queued');
    const after = await findTicket(app.db, ticketId);
    expect(after).toEqual({ ...before, messageCount: 2, updatedAt: after.updatedAt });
    const { messages, events } = await readTimeline(app.db, { ticketId });
    expect(messages.at(-1)).toMatchObject({ kind: 'outgoing', agentId: null, auto: 'auto' });
    expect(events.map(({ name }) => name)).toEqual(['ticket.opened']);
    expect(await app.db('deliveries').select('recipient', 'state')).toEqual([
      { recipient: carla.value, state: 'queued' },
    ]);
    const names: { name: string }[] = await app.db('events').where({ ticketId }).orderBy('id').select('name');
    expect(names.at(-1)?.name).toBe('message.autoReplied');
  });

  it('a note has no author and takes nobody’s draft', async () => {
    await noteOnTicket(app, { ticketId, agentId: null, text: 'Came by the B2B line', actor });
    const { messages } = await readTimeline(app.db, { ticketId });
    expect(messages.at(-1)).toMatchObject({ kind: 'note', agentId: null, text: 'Came by the B2B line' });
  });

  it('a ticket may be opened with what a customer said elsewhere, and nobody wrote it down', async () => {
    const { contactId } = await findTicket(app.db, ticketId);
    const opened = await openTicket(app, {
      subject: 'Two of five',
      contactId,
      lineId: 1,
      text: 'Too slow',
      agentId: null,
      uploads: ['somebody-elses'],
      first: { kind: 'heard', channel: 'mail' },
      actor,
    });
    const { messages } = await readTimeline(app.db, { ticketId: opened.ticketId });
    expect(messages).toMatchObject([{ kind: 'incoming', agentId: null, contactId, text: 'Too slow' }]);
    expect(await findTicket(app.db, opened.ticketId)).toMatchObject({ category: 'open', assigneeId: null });
  });
});
