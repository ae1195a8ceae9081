import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLine } from '../../agents/actions/create-line.js';
import { addMembership } from '../../contacts/actions/add-membership.js';
import { createContact } from '../../contacts/actions/create-contact.js';
import { createOrganization } from '../../contacts/actions/create-organization.js';
import type { Actor } from '../../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../testing/test-app.js';
import { testEngines } from '../../testing/test-database.js';
import { noteOnTicket } from '../actions/note-on-ticket.js';
import { receiveMessage, type ReceiveMessage } from '../actions/receive-message.js';
import { findVisitorAttachment } from './find-visitor-attachment.js';
import { findVisitorTicket } from './find-visitor-ticket.js';
import { listVisitorTickets } from './list-visitor-tickets.js';
import { readVisitorTimeline } from './read-visitor-timeline.js';

const actor: Actor = { kind: 'agent', id: 1 };
const unknown = { code: 'TICKET_UNKNOWN' };

describe.each(testEngines)('what a customer may read, on %s', (engine) => {
  let app: TestApp;
  let lineId = 0;
  let n = 0;
  const me = { contactId: 0, organizationIds: [] as number[] };
  let colleague = 0;
  let firm = 0;
  beforeEach(async () => {
    app = await makeTestApp(engine);
    const line = await createLine(app, { name: 'Support', actor });
    if (!line.ok) throw new Error(line.because);
    lineId = line.lineId;
    me.contactId = await createContact(app, { name: 'Anna', identities: [], actor });
    me.organizationIds = [];
    colleague = await createContact(app, { name: 'Colin', identities: [], actor });
    firm = await createOrganization(app, { name: 'Firm', actor });
  });
  afterEach(() => app.close());

  type Letter = Partial<ReceiveMessage['message']>;
  async function write(
    contactId: number,
    letter: Letter = {},
    more: Partial<ReceiveMessage> = {},
  ): Promise<{ ticketId: number; messageId: number; number: number }> {
    n += 1;
    app.clock.pass(60_000);
    const outcome = await receiveMessage(app, {
      account: { id: 1, channel: 'email', lineId },
      from: { contactId },
      ticketId: null,
      evidence: [],
      ...more,
      message: {
        externalId: null,
        fingerprint: `f${n}`,
        writtenAt: null,
        subject: `Case ${n}`,
        text: `Text ${n}`,
        quote: '',
        html: null,
        htmlVersion: null,
        participants: {},
        attachments: [],
        auto: null,
        flags: [],
        ...letter,
      },
    });
    const ticket: { number: number } = await app
      .db('tickets')
      .where({ id: outcome.ticketId })
      .first('number');
    return { ...outcome, number: ticket.number };
  }
  const wear = (contactId: number, organizationId: number | null) =>
    addMembership(app, { contactId, organizationId, role: organizationId ? 'employee' : 'private', actor });
  const inHat = (id: number): Partial<ReceiveMessage> => ({ membership: { id, reason: 'core.hat.only' } });
  const list = async (scope: 'mine' | 'organization', more: object = {}) =>
    (await listVisitorTickets(app.db, { visitor: me, scope, ...more })).tickets.map(({ number }) => number);
  const find = (number: number) => findVisitorTicket(app.db, { visitor: me, number });
  const read = (ticketId: number) => readVisitorTimeline(app.db, { ticketId, now: app.now() });
  const file = (filename: string) => ({
    sha256: 'a'.repeat(64),
    filename,
    contentType: 'text/plain',
    size: 1,
    contentId: null,
    inline: false,
  });
  const keyOf = async (messageId: number): Promise<string> =>
    (await app.db('attachments').where({ messageId }).first('key')).key;

  it('is their own, the latest first, a page at a time', async () => {
    const mine = [await write(me.contactId), await write(me.contactId), await write(me.contactId)];
    const foreign = await write(colleague);
    const numbers = mine.map(({ number }) => number).toReversed();
    expect(await list('mine')).toEqual(numbers);
    const first = await listVisitorTickets(app.db, { visitor: me, scope: 'mine', limit: 2 });
    expect(first.hasMore).toBe(true);
    expect(await list('mine', { limit: 2, after: first.tickets[1] })).toEqual(numbers.slice(2));
    expect(await list('mine', { categories: ['solved'] })).toEqual([]);
    expect(await list('organization')).toEqual([]);
    expect(await find(numbers[0] ?? 0)).toMatchObject({ contactId: me.contactId });
    await expect(find(foreign.number)).rejects.toMatchObject(unknown);
    for (const number of [0, -1, 1.5, Number.NaN, 1e300, 987_654])
      await expect(find(number)).rejects.toMatchObject(unknown);
  });

  it('is for an agent who looks as them only what that agent sees', async () => {
    const { number } = await write(me.contactId);
    const looks = async (lineIds: readonly number[] | 'all') =>
      (await listVisitorTickets(app.db, { visitor: { ...me, viewedBy: 1, lineIds }, scope: 'mine' })).tickets;
    expect(await looks('all')).toMatchObject([{ number }]);
    expect(await looks([lineId])).toMatchObject([{ number }]);
    expect(await looks([lineId + 1])).toEqual([]);
  });

  it('is what was written for their organization, never what a colleague wrote privately', async () => {
    const atFirm = await write(colleague, {}, inHat(await wear(colleague, firm)));
    const privately = await write(colleague, {}, inHat(await wear(colleague, null)));
    const withoutHat = await write(colleague);
    expect(await list('organization')).toEqual([]);
    me.organizationIds = [firm];
    expect(await list('organization')).toEqual([atFirm.number]);
    expect(await list('mine')).toEqual([]);
    expect(await find(atFirm.number)).toMatchObject({ contactId: colleague });
    await expect(find(privately.number)).rejects.toMatchObject(unknown);
    await expect(find(withoutHat.number)).rejects.toMatchObject(unknown);
    me.organizationIds = [firm + 1];
    await expect(find(atFirm.number)).rejects.toMatchObject(unknown);
  });

  it('is not what they only had a copy of', async () => {
    const participants = { cc: [{ name: 'Anna', kind: 'email', value: 'anna@home.example' }] };
    const copied = await write(colleague, { participants });
    await write(me.contactId, { text: 'I am in copy' }, { ticketId: copied.ticketId });
    expect(await list('mine')).toEqual([]);
    await expect(find(copied.number)).rejects.toMatchObject(unknown);
  });

  it('is no ticket while strong signs name another writer, but one that they wrote in the portal', async () => {
    const evidence = {
      candidateContactId: colleague,
      kind: 'token',
      strength: 'strong',
      plugin: 'core',
    } as const;
    const conflict: Partial<ReceiveMessage> = { evidence: [{ ...evidence, decision: 'conflict' }] };
    const mailed = await write(me.contactId, {}, conflict);
    await expect(find(mailed.number)).rejects.toMatchObject(unknown);
    expect(await list('mine')).toEqual([]);
    const portal = { account: { id: 1, channel: 'portal', lineId } };
    const own = await write(me.contactId, {}, portal);
    await write(me.contactId, { text: 'forged' }, { ticketId: own.ticketId, ...conflict });
    expect(await list('mine')).toEqual([own.number]);
    expect((await read(own.ticketId)).messages.map(({ text }) => text)).not.toContain('forged');
  });

  it('is what both wrote: no notes, no bounces, nothing that can still be taken back', async () => {
    const { ticketId, messageId } = await write(me.contactId, { text: 'Cold', attachments: [file('a.txt')] });
    await write(me.contactId, { text: 'Out of office', auto: 'auto' }, { ticketId });
    const bounced = await write(me.contactId, { auto: 'bounce', attachments: [file('b.txt')] }, { ticketId });
    await noteOnTicket(app, { ticketId, agentId: 1, text: 'Secret', actor });
    const at = app.now().toISOString();
    const ours = {
      ticketId,
      kind: 'outgoing',
      channel: 'email',
      participants: '{}',
      flags: '[]',
      createdAt: at,
    };
    const insert = async (row: object): Promise<number> => {
      const [added] = await app.database
        .writer('messages')
        .insert({ ...ours, ...row })
        .returning<{ id: number }[]>('id');
      return added?.id ?? 0;
    };
    const held = await insert({ text: 'Held' });
    await insert({ text: 'Taken back', cancelledAt: at });
    await insert({ text: 'We are closed', auto: 'auto' });
    const dueAt = new Date(app.now().getTime() + 10_000).toISOString();
    const delivery = { ticketId, accountId: 1, recipient: 'x', state: 'held', dueAt, createdAt: at };
    await app.database.writer('deliveries').insert({ ...delivery, messageId: held });
    const texts = async () => (await read(ticketId)).messages.map(({ text }) => text);
    expect(await texts()).toEqual(['Cold', 'We are closed']);
    app.clock.pass(10_000);
    expect(await texts()).toEqual(['Cold', 'Held', 'We are closed']);
    const timeline = await read(ticketId);
    expect(timeline.attachments.map(({ filename }) => filename)).toEqual(['a.txt']);
    expect(timeline.messages[0]).toMatchObject({ writer: 'Anna', isAutomatic: false });
    const open = async (key: string) => findVisitorAttachment(app.db, { visitor: me, key, now: app.now() });
    expect(await open(await keyOf(messageId))).toMatchObject({ filename: 'a.txt' });
    await expect(open(await keyOf(bounced.messageId))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is no file of another customer', async () => {
    const { messageId } = await write(colleague, { attachments: [file('c.txt')] });
    const key = await keyOf(messageId);
    const opened = findVisitorAttachment(app.db, { visitor: me, key, now: app.now() });
    await expect(opened).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is a long thread from its end', async () => {
    const { ticketId } = await write(me.contactId);
    for (let more = 0; more < 3; more++) await write(me.contactId, { text: `More ${more}` }, { ticketId });
    const last = await readVisitorTimeline(app.db, { ticketId, now: app.now(), limit: 2 });
    expect(last).toMatchObject({ hasOlder: true, messages: [{ text: 'More 1' }, { text: 'More 2' }] });
    const before = last.messages[0]?.id ?? 0;
    const older = await readVisitorTimeline(app.db, { ticketId, now: app.now(), limit: 2, before });
    expect(older).toMatchObject({ hasOlder: false, messages: [{}, { text: 'More 0' }] });
  });
});
