import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carla, channelBench, system, type ChannelBench } from '../../../tests/mail/channel-bench.js';
import { addIdentity } from '../../contacts/actions/add-identity.js';
import { createContact } from '../../contacts/actions/create-contact.js';
import { testEngines } from '../../testing/test-database.js';
import { closeTicket } from '../../tickets/actions/close-ticket.js';
import { findTicket } from '../../tickets/queries/find-ticket.js';
import { answerTicket } from '../actions/answer-ticket.js';
import { refuseIntake } from '../actions/refuse-intake.js';
import { replayIntake } from '../actions/replay-intake.js';
import { createOutbox } from '../outbox/create-outbox.js';
import { balanceIntake, countParked, findIntake, listIntake } from '../queries/list-intake.js';
import { createIntake } from './create-intake.js';
import { keepRaw } from './keep-raw.js';

const DAY = 24 * 3_600_000;
const actor = system;
const eve = { name: 'Eve', kind: 'email', value: 'eve@evil.example' };

describe.each(testEngines)('taking in what came on %s', (engine) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(engine);
  });
  afterEach(() => bench.close());

  const drain = () => createIntake(bench.app).drain();
  const outcomes = () => bench.app.db('intake').orderBy('id').select('state', 'reason');
  const parked = (reason: string) => ({ state: 'parked', reason });
  const delivered = { state: 'delivered', reason: null };
  const messages = () => bench.app.db('messages').orderBy('id').select('ticketId', 'kind', 'text');
  /** An answer that has left. */
  const answer = async (ticketId: number) => {
    const to = [carla];
    const reply = await answerTicket(bench.app, { ticketId, agentId: 1, text: 'Press reset', to, actor });
    bench.app.clock.pass(10_000);
    await createOutbox(bench.app).drain();
    return reply.messageId;
  };

  it('keeps a raw message byte for byte, once for an id, and says which', async () => {
    const woken: string[] = [];
    bench.app.signals.on('intake', () => void woken.push('intake'));
    const raw = Buffer.from([0, 13, 255, 10, 13]);
    const keep = (content: Buffer | Readable) =>
      keepRaw(bench.app, {
        account: bench.account,
        externalId: '1:7',
        raw: content,
        meta: { truncated: true },
      });
    expect(await keep(raw)).toBe('taken');
    expect(await keep(Readable.from([raw.subarray(0, 2), raw.subarray(2)]))).toBe('known');
    expect(woken).toEqual(['intake']);
    const rows = await bench.app.db('intake').select('sha256', 'size', 'meta', 'state', 'receivedAt');
    const receivedAt = bench.app.now().toISOString();
    const sha256 = createHash('sha256').update(raw).digest('hex');
    expect(rows).toEqual([{ sha256, size: 5, meta: '{"truncated":true}', state: 'received', receivedAt }]);
    expect(await readFile(bench.app.files.path(sha256))).toEqual(raw);
  });

  it('takes one id in two accounts twice', async () => {
    const other = await bench.addAccount('other');
    const keep = (id: number) =>
      keepRaw(bench.app, { account: { id, channel: 'post' }, externalId: '1:7', raw: Buffer.from('x') });
    expect(await keep(bench.account.id)).toBe('taken');
    expect(await keep(other)).toBe('taken');
  });

  it('makes a letter a ticket of a new contact, and keeps why', async () => {
    await bench.post();
    await drain();
    expect(await outcomes()).toEqual([delivered]);
    expect(await findTicket(bench.app.db, 1)).toMatchObject({
      subject: 'Kettle',
      category: 'new',
      lineId: 1,
    });
    const [evidence] = await bench.app.db('matchEvidence').select('kind', 'strength', 'decision', 'plugin');
    expect(evidence).toEqual({ kind: 'identity', strength: 'strong', decision: 'new', plugin: 'core' });
    expect(await findIntake(bench.app.db, 1)).toMatchObject({
      messageId: 1,
      ticketId: 1,
      account: 'support',
    });
  });

  it('knows the writer by any address, however it is spelled', async () => {
    const contactId = await createContact(bench.app, { name: 'Carla', identities: [carla], actor });
    await addIdentity(bench.app, { contactId, kind: 'email', value: 'carla@home.example', actor });
    await bench.post({ from: { ...carla, value: 'CARLA@Home.Example' } });
    await drain();
    expect((await findTicket(bench.app.db, 1)).contactId).toBe(contactId);
    expect(await bench.app.db('contacts').select('id')).toHaveLength(1);
  });

  it('shows a weak guess at the writer and does not follow it', async () => {
    const contactId = await createContact(bench.app, { name: 'Carla', identities: [], actor });
    bench.app.hooks.tap('collect', 'contact.candidates', 'guesses', () => [
      { contactId, strength: 'weak', kind: 'signature' },
    ]);
    await bench.post();
    await drain();
    expect((await findTicket(bench.app.db, 1)).contactId).not.toBe(contactId);
    expect(await bench.app.db('matchEvidence').where({ plugin: 'guesses' }).first()).toMatchObject({
      candidateContactId: contactId,
      decision: 'maybe',
    });
  });

  it('believes the address when a plugin is as sure of somebody else', async () => {
    const contactId = await createContact(bench.app, { name: 'Carla', identities: [carla], actor });
    const other = await createContact(bench.app, { name: 'Eve', identities: [eve], actor });
    bench.app.hooks.tap('collect', 'contact.candidates', 'guesses', () => [
      { contactId: other, strength: 'strong', kind: 'signature' },
    ]);
    await bench.post();
    await drain();
    expect((await findTicket(bench.app.db, 1)).contactId).toBe(contactId);
    expect(
      await bench.app.db('matchEvidence').orderBy('id').select('candidateContactId', 'decision'),
    ).toEqual([
      { candidateContactId: contactId, decision: 'taken' },
      { candidateContactId: other, decision: 'conflict' },
    ]);
  });

  it('puts what a writer adds to a letter of his own into its ticket, and nobody else’s', async () => {
    await bench.post({ externalId: '<first@client.example>' });
    await bench.post({ inReplyTo: '<first@client.example>' });
    await bench.post({ from: eve, references: ['<first@client.example>'] });
    await drain();
    expect((await messages()).map(({ ticketId }: { ticketId: number }) => ticketId)).toEqual([1, 1, 2]);
  });

  it('links what a stranger writes into a ticket, and joins it for who takes part', async () => {
    await bench.post();
    await drain();
    bench.app.hooks.tap('collect', 'ticket.candidates', 'tokens', () => [
      { ticketId: 1, strength: 'strong', kind: 'token' },
    ]);
    await bench.post({ from: eve });
    await bench.post();
    await drain();
    expect((await messages()).map(({ ticketId }: { ticketId: number }) => ticketId)).toEqual([1, 2, 1]);
    expect(await bench.app.db('ticketLinks').select('fromTicketId', 'toTicketId', 'kind')).toEqual([
      { fromTicketId: 2, toTicketId: 1, kind: 'related' },
    ]);
    const rows = await bench.app
      .db('matchEvidence')
      .where({ kind: 'token' })
      .orderBy('id')
      .select('decision');
    expect(rows).toEqual([{ decision: 'refused' }, { decision: 'taken' }]);
  });

  it('reopens a ticket that was closed within so many days, and follows up an older one', async () => {
    await bench.post({ externalId: '<first@client.example>' });
    await drain();
    await closeTicket(bench.app, { ticketId: 1, actor });
    bench.app.clock.pass(14 * DAY);
    await bench.post({ inReplyTo: '<first@client.example>' });
    await drain();
    expect((await findTicket(bench.app.db, 1)).category).toBe('open');
    await closeTicket(bench.app, { ticketId: 1, actor });
    bench.app.clock.pass(14 * DAY + 1);
    await bench.post({ inReplyTo: '<first@client.example>' });
    await drain();
    expect((await findTicket(bench.app.db, 1)).category).toBe('closed');
    expect(await bench.app.db('ticketLinks').select('fromTicketId', 'toTicketId', 'kind')).toEqual([
      { fromTicketId: 2, toTicketId: 1, kind: 'follow-up' },
    ]);
  });

  it('keeps the same letter seen twice as a duplicate', async () => {
    await bench.post({ fingerprint: 'same' });
    await bench.post({ fingerprint: 'same' });
    await drain();
    expect(await outcomes()).toEqual([delivered, { state: 'duplicate', reason: null }]);
    expect(await findIntake(bench.app.db, 2)).toMatchObject({ duplicateOf: 1, messageId: null, ticketId: 1 });
    expect(await messages()).toHaveLength(1);
    expect(await bench.events('intake.')).toEqual([
      { name: 'intake.duplicate', intakeId: 2, accountId: 1, messageId: 1 },
    ]);
  });

  it('parks what cannot be read or has no sender, refuses what is too big, and goes on behind it', async () => {
    await bench.post({ problem: 'unreadable', subject: 'Odd' });
    await bench.post({ from: null });
    await bench.post({ problem: 'too-big' });
    await bench.post();
    await drain();
    const refused = { state: 'refused', reason: 'too-big' };
    expect(await outcomes()).toEqual([parked('unreadable'), parked('no-sender'), refused, delivered]);
    expect((await findIntake(bench.app.db, 1)).detail).toBe('carla@client.example: Odd');
    expect((await bench.events('intake.')).map((event) => (event as { name: string }).name)).toEqual([
      'intake.parked',
      'intake.parked',
      'intake.refused',
    ]);
  });

  it('tries three times what breaks its channel, then parks it with the reason, and goes on behind it', async () => {
    await bench.post({ breaks: 'no such charset' });
    await bench.post();
    await drain();
    expect(await outcomes()).toEqual([parked('failed'), delivered]);
    expect(await findIntake(bench.app.db, 1)).toMatchObject({ attempts: 3, detail: 'no such charset' });
  });

  it('parks what came by a channel that is off', async () => {
    await keepRaw(bench.app, {
      account: { id: bench.account.id, channel: 'fax' },
      externalId: '1',
      raw: Buffer.from('x'),
    });
    await drain();
    expect(await outcomes()).toEqual([parked('channel-off')]);
  });

  it('takes what a plugin makes of a letter, and the letter as it was from a plugin that breaks', async () => {
    bench.app.hooks.tap('filter', 'message.incoming', 'marks', (payload) => {
      const given = payload as { message: { subject: string } };
      return { ...given, message: { ...given.message, subject: `[shop] ${given.message.subject}` } };
    });
    bench.app.hooks.tap('filter', 'message.incoming', 'breaks', () => {
      throw new Error('no');
    });
    await bench.post();
    await drain();
    expect((await findTicket(bench.app.db, 1)).subject).toBe('[shop] Kettle');
  });

  it('refuses our own letter when it comes back', async () => {
    await bench.post();
    await drain();
    const messageId = await answer(1);
    await bench.post({ from: eve, externalId: `<${messageId}@desk.example>` });
    await drain();
    expect((await outcomes())[1]).toEqual({ state: 'refused', reason: 'own-message' });
    expect(await bench.app.db('tickets').select('id')).toHaveLength(1);
  });

  it('notes a bounce in the ticket of the letter that bounced, and changes nothing else', async () => {
    await bench.post();
    await drain();
    const messageId = await answer(1);
    const before = await findTicket(bench.app.db, 1);
    const recipients = [{ address: 'CARLA@client.example', permanent: true, reason: 'no such user' }];
    const bounce = { recipients, originalExternalId: `<${messageId}@desk.example>` };
    await bench.post({ auto: 'bounce', from: { ...eve, value: 'mailer-daemon@client.example' }, bounce });
    await drain();
    expect((await messages()).map(({ ticketId }: { ticketId: number }) => ticketId)).toEqual([1, 1, 1]);
    expect(await bench.app.db('deliveries').first('state', 'reason')).toEqual({
      state: 'failed',
      reason: 'no such user',
    });
    expect((await bench.app.db('identities').first('failedAt')).failedAt).toBe(bench.app.now().toISOString());
    expect(await bench.app.db('contacts').select('id')).toHaveLength(1);
    expect(await findTicket(bench.app.db, 1)).toMatchObject({
      category: before.category,
      waitingSince: before.waitingSince,
    });
  });

  it('takes a passing bounce for no failure, and parks one about a letter that is not ours', async () => {
    await bench.post();
    await drain();
    const messageId = await answer(1);
    const recipients = [{ address: carla.value, permanent: false, reason: 'mailbox full' }];
    const about = (originalExternalId: string) => ({
      auto: 'bounce' as const,
      bounce: { recipients, originalExternalId },
    });
    await bench.post(about(`<${messageId}@desk.example>`));
    await bench.post(about('<spam@elsewhere.example>'));
    await drain();
    expect(await bench.app.db('deliveries').first('state')).toEqual({ state: 'sent' });
    expect((await outcomes()).slice(1)).toEqual([delivered, parked('bounce-unknown')]);
  });

  it('tries what is parked or refused again when people say so, with all its tries', async () => {
    await bench.post({ breaks: 'broken' });
    await drain();
    await replayIntake(bench.app, { intakeId: 1, actor });
    expect(await findIntake(bench.app.db, 1)).toMatchObject({
      state: 'received',
      reason: null,
      detail: null,
      attempts: 0,
    });
    await drain();
    await refuseIntake(bench.app, { intakeId: 1, actor });
    expect(await outcomes()).toEqual([{ state: 'refused', reason: 'by-hand' }]);
    await replayIntake(bench.app, { intakeId: 1, actor });
    await drain();
    expect(await outcomes()).toEqual([parked('failed')]);
    expect(await bench.events('intake.')).toEqual([
      { name: 'intake.parked', intakeId: 1, accountId: 1, reason: 'failed' },
      { name: 'intake.replayed', intakeId: 1 },
      { name: 'intake.parked', intakeId: 1, accountId: 1, reason: 'failed' },
      { name: 'intake.refused', intakeId: 1, accountId: 1, reason: 'by-hand' },
      { name: 'intake.replayed', intakeId: 1 },
      { name: 'intake.parked', intakeId: 1, accountId: 1, reason: 'failed' },
    ]);
  });

  it('neither replays nor refuses what is not waiting for people', async () => {
    await bench.post();
    await drain();
    const unknown = { code: 'INTAKE_UNKNOWN' };
    for (const intakeId of [1, 99]) {
      await expect(replayIntake(bench.app, { intakeId, actor })).rejects.toMatchObject(unknown);
      await expect(refuseIntake(bench.app, { intakeId, actor })).rejects.toMatchObject(unknown);
    }
    await expect(findIntake(bench.app.db, 99)).rejects.toMatchObject(unknown);
    expect(await outcomes()).toEqual([delivered]);
  });

  it('lists the journal newest first, and its balance holds', async () => {
    await bench.post({ fingerprint: 'same' });
    await bench.post({ fingerprint: 'same' });
    await bench.post({ from: null });
    await bench.post({ problem: 'too-big' });
    await drain();
    await bench.post();
    const { db } = bench.app;
    expect((await listIntake(db, { limit: 2 })).map(({ id }) => id)).toEqual([5, 4]);
    expect((await listIntake(db, { before: 4 })).map(({ id }) => id)).toEqual([3, 2, 1]);
    expect((await listIntake(db, { state: 'parked' })).map(({ id }) => id)).toEqual([3]);
    expect(await countParked(db)).toBe(1);
    expect(await balanceIntake(db)).toEqual({
      received: 5,
      delivered: 1,
      duplicate: 1,
      parked: 1,
      refused: 1,
      inWork: 1,
    });
  });
});
