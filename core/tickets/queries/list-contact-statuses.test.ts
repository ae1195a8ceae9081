import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  carla,
  channelBench,
  system as actor,
  type ChannelBench,
} from '../../../tests/mail/channel-bench.js';
import { answerTicket } from '../../channels/actions/answer-ticket.js';
import { createIntake } from '../../channels/intake/create-intake.js';
import { createContact } from '../../contacts/actions/create-contact.js';
import { testEngines } from '../../testing/test-database.js';
import { cancelMessage } from '../actions/cancel-message.js';
import { noteOnTicket } from '../actions/note-on-ticket.js';
import { openTicket } from '../actions/open-ticket.js';
import { listContactStatuses } from './list-contact-statuses.js';

const DAY = 24 * 3_600_000;

describe.each(testEngines)('what a contact is to us, on %s', (engine) => {
  let bench: ChannelBench;
  let contactId = 0;
  beforeEach(async () => {
    bench = await channelBench(engine);
    contactId = await createContact(bench.app, { name: 'Carla', identities: [carla], actor });
  });
  afterEach(() => bench.close());

  const status = async () => {
    const { db } = bench.app;
    return (await listContactStatuses(db, { contactIds: [contactId], now: bench.app.now() })).get(contactId)
      ?.status;
  };
  const write = async () => {
    await bench.post();
    await createIntake(bench.app).drain();
  };

  it('is new without a ticket, and a day after the first message without an answer never answered', async () => {
    bench.app.clock.pass(9 * DAY);
    expect(await status()).toBe('new');
    await write();
    expect(await status()).toBe('new');
    bench.app.clock.pass(DAY + 1);
    expect(await status()).toBe('neverAnswered');
    await noteOnTicket(bench.app, { ticketId: 1, agentId: 1, text: 'Who knows them?', mentioned: [], actor });
    expect(await status()).toBe('neverAnswered');
  });

  it('is existing with an answer by a person, not by a machine, not by one taken back', async () => {
    await write();
    const reply = { ticketId: 1, text: 'Got it', to: [carla] };
    await answerTicket(bench.app, { ...reply, agentId: null, actor });
    expect(await status()).toBe('new');
    const answer = await answerTicket(bench.app, { ...reply, agentId: 1, actor });
    expect(await status()).toBe('existing');
    await cancelMessage(bench.app, { messageId: answer.messageId, agentId: 1, actor });
    expect(await status()).toBe('new');
  });

  it('is existing when somebody has talked to them', async () => {
    const first = { kind: 'heard', channel: 'phone' } as const;
    await openTicket(bench.app, {
      subject: 'x',
      text: 'x',
      contactId,
      lineId: 1,
      agentId: 1,
      first,
      actor,
    });
    expect(await status()).toBe('existing');
  });

  it('is asked for many at once', async () => {
    const other = await createContact(bench.app, { name: 'Olga', identities: [], actor });
    const asked = { contactIds: [contactId, other, other], now: bench.app.now() };
    expect([...(await listContactStatuses(bench.app.db, asked)).keys()]).toEqual([contactId, other]);
    expect(await listContactStatuses(bench.app.db, { ...asked, contactIds: [] })).toEqual(new Map());
  });
});
