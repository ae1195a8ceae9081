import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMembership } from '../contacts/actions/add-membership.js';
import { changeMembership } from '../contacts/actions/change-membership.js';
import { clearOrganizationMark } from '../contacts/actions/clear-organization-mark.js';
import { createContact } from '../contacts/actions/create-contact.js';
import { createContactRole } from '../contacts/actions/create-contact-role.js';
import { createOrganization } from '../contacts/actions/create-organization.js';
import { endMembership } from '../contacts/actions/end-membership.js';
import { markOrganization } from '../contacts/actions/mark-organization.js';
import { mergeContacts } from '../contacts/actions/merge-contacts.js';
import { listOrganizationMarks } from '../contacts/queries/list-organization-marks.js';
import { startTestDesk, type TestDesk } from '../testing/test-desk.js';
import { testEngines } from '../testing/test-database.js';
import { chooseHat } from '../tickets/actions/choose-hat.js';
import { openTicket, type OpenTicket } from '../tickets/actions/open-ticket.js';
import { reopenTicket } from '../tickets/actions/reopen-ticket.js';
import { setPriority } from '../tickets/actions/set-priority.js';
import { setType } from '../tickets/actions/set-type.js';
import { solveTicket } from '../tickets/actions/solve-ticket.js';
import { waitForCustomer } from '../tickets/actions/wait-for-customer.js';
import { listContactStatuses } from '../tickets/queries/list-contact-statuses.js';

const DAY = 24 * 3_600_000;

describe.each(testEngines)('marks of organizations on %s', (engine) => {
  let desk: TestDesk;
  let ivan = 0;
  let bank = 0;
  let own = 0;
  let directs = 0;
  const actor = { kind: 'system', id: 'test' } as const;

  beforeEach(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [] } });
    ivan = await createContact(desk.app, { name: 'Ivan', identities: [], actor });
    bank = await createOrganization(desk.app, { name: 'Bank', domain: null, actor });
    own = await wear(null, 'private');
    directs = await wear(bank, 'director');
  });
  afterEach(() => desk.close());

  const wear = (organizationId: number | null, role: string, contactId = ivan) =>
    addMembership(desk.app, { contactId, organizationId, role, actor });
  const open = async (membershipId: number, more: Partial<OpenTicket> = {}) => {
    const first = { kind: 'heard', channel: 'phone' } as const;
    const ticket = { subject: 'My boiler', text: 'Cold', contactId: ivan, lineId: 1, membershipId, first };
    return (await openTicket(desk.app, { ...ticket, agentId: desk.owner.id, actor, ...more })).ticketId;
  };
  const marks = async (includeCleared = false) => {
    await desk.drain();
    const rows = await listOrganizationMarks(desk.app.db, { organizationIds: [bank], includeCleared });
    return rows.map(({ reason, ticketId }) => [reason, ticketId]);
  };
  const reopen = async (ticketId: number) => {
    await solveTicket(desk.app, { ticketId, actor });
    await reopenTicket(desk.app, { ticketId, actor });
  };

  it('come from a private complaint of the director, with the case that is the reason', async () => {
    const ticketId = await open(own);
    expect(await marks()).toEqual([]);
    await setType(desk.app, { ticketId, type: 'complaint', actor });
    expect(await marks()).toEqual([['complaint', ticketId]]);
    const [mark] = await listOrganizationMarks(desk.app.db, { organizationIds: [bank] });
    expect(mark).toMatchObject({ organization: 'Bank', contact: 'Ivan', number: 1001, lineId: 1 });
  });

  it('come from an urgent one, also one that was opened so', async () => {
    const first = await open(own, { priority: 4, type: 'complaint' });
    const second = await open(own);
    await setPriority(desk.app, { ticketId: second, priority: 4, actor });
    const found = await marks();
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        ['complaint', first],
        ['urgent', first],
        ['urgent', second],
      ]),
    );
  });

  it('come when it was solved and opened again twice; answers to our questions do not count', async () => {
    const ticketId = await open(own);
    for (let i = 0; i < 3; i++) {
      await waitForCustomer(desk.app, { ticketId, actor });
      await reopenTicket(desk.app, { ticketId, actor });
    }
    await reopen(ticketId);
    expect(await marks()).toEqual([]);
    await reopen(ticketId);
    expect(await marks()).toEqual([['reopened', ticketId]]);
  });

  it('do not come from a case of the organization, of an unknown role, or of an employee', async () => {
    await open(directs, { type: 'complaint' });
    await openTicket(desk.app, {
      subject: 'x',
      text: 'x',
      contactId: ivan,
      lineId: 1,
      type: 'complaint',
      agentId: desk.owner.id,
      first: { kind: 'heard', channel: 'phone' },
      actor,
    });
    await changeMembership(desk.app, {
      contactId: ivan,
      membershipId: directs,
      fields: { role: 'employee' },
      actor,
    });
    await open(own, { type: 'complaint' });
    expect(await marks()).toEqual([]);
  });

  it('ask who directed it when it happened', async () => {
    desk.clock.pass(DAY);
    await endMembership(desk.app, { contactId: ivan, membershipId: directs, actor });
    await open(own, { type: 'complaint' });
    expect(await marks()).toEqual([]);
  });

  it('come later, when the role is found out or the person comes to direct one', async () => {
    const ticketId = await open(directs, { type: 'complaint' });
    expect(await marks()).toEqual([]);
    await chooseHat(desk.app, { ticketId, membershipId: own, reason: 'core.hat.byHand', actor });
    expect(await marks()).toEqual([['complaint', ticketId]]);
    const club = await createOrganization(desk.app, { name: 'Club', domain: null, actor });
    const made = await createContactRole(desk.app, { name: 'Founder', directs: true, actor });
    await wear(club, made.ok ? made.key : '');
    await desk.drain();
    expect(await listOrganizationMarks(desk.app.db, { organizationIds: [club] })).toHaveLength(1);
  });

  it('come when two contacts turn out to be one person', async () => {
    const other = await createContact(desk.app, { name: 'I. Petrov', identities: [], actor });
    const hat = await wear(null, 'private', other);
    const ticketId = await open(hat, { contactId: other, type: 'complaint' });
    expect(await marks()).toEqual([]);
    await mergeContacts(desk.app, { keptId: ivan, goneId: other, actor });
    expect(await marks()).toEqual([['complaint', ticketId]]);
  });

  it('know the history when the desk begins to look late, and stay the same when it looks again', async () => {
    const ticketId = await open(own, { type: 'complaint' });
    const at = desk.app.now().toISOString();
    desk.clock.pass(100 * DAY);
    expect(await marks()).toEqual([['complaint', ticketId]]);
    const [mark] = await listOrganizationMarks(desk.app.db, { organizationIds: [bank] });
    expect(mark?.markedAt).toBe(at);
    const again = () =>
      desk.app.database.writer('followers').where({ name: 'core.marks' }).update({ cursor: 0 });
    await again();
    expect(await marks(true)).toHaveLength(1);
    await clearOrganizationMark(desk.app, { markId: mark?.id ?? 0, note: 'Called, settled', actor });
    await again();
    expect([await marks(), await marks(true)]).toEqual([[], [['complaint', ticketId]]]);
  });

  it('are cleared with a note, once, and come anew with what happens after', async () => {
    const ticketId = await open(own, { type: 'complaint' });
    await marks();
    const [mark] = await listOrganizationMarks(desk.app.db, { organizationIds: [bank] });
    const clear = (note: string, markId = mark?.id ?? 0) =>
      clearOrganizationMark(desk.app, { markId, note, actor: { kind: 'agent', id: desk.owner.id } });
    await expect(clear(' ')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(clear('x', 999)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await clear('Called, settled');
    await clear('Again');
    const [cleared] = await listOrganizationMarks(desk.app.db, {
      organizationIds: [bank],
      includeCleared: true,
    });
    expect(cleared).toMatchObject({ clearNote: 'Called, settled', clearedBy: desk.owner.id });
    desk.clock.pass(DAY);
    await setType(desk.app, { ticketId, type: 'problem', actor });
    await setType(desk.app, { ticketId, type: 'complaint', actor });
    expect(await marks()).toEqual([['complaint', ticketId]]);
    const events = await desk.app.db('events').where('name', 'like', 'organization.mark%').select('name');
    expect(events.map(({ name }: { name: string }) => name)).toEqual([
      'organization.marked',
      'organization.markCleared',
      'organization.marked',
    ]);
  });

  it('are put by hand and by plugins, as often as there are reasons', async () => {
    const put = (reason: string, more: object = {}) =>
      markOrganization(desk.app, { organizationId: bank, reason, actor, ...more });
    await put('byHand', { note: 'Their lawyer called' });
    const ticketId = await open(own);
    const first = await put('badScore', { ticketId, contactId: ivan });
    expect(await put('badScore', { ticketId, contactId: ivan })).toBe(first);
    expect(await marks()).toHaveLength(2);
    await expect(put('byHand', { organizationId: 999 })).rejects.toMatchObject({
      code: 'ORGANIZATION_UNKNOWN',
    });
  });

  it('make who belongs to the organization important', async () => {
    const statusOf = async (contactId: number) =>
      (await listContactStatuses(desk.app.db, { contactIds: [contactId], now: desk.app.now() })).get(
        contactId,
      );
    const contactId = await createContact(desk.app, { name: 'Olga', identities: [], actor });
    await wear(bank, 'employee', contactId);
    expect(await statusOf(contactId)).toEqual({
      status: 'new',
      reason: 'core.contactStatus.because.new',
      values: {},
    });
    const markId = await markOrganization(desk.app, { organizationId: bank, reason: 'byHand', actor });
    expect(await statusOf(contactId)).toMatchObject({
      status: 'important',
      values: { organization: 'Bank' },
    });
    await clearOrganizationMark(desk.app, { markId: markId ?? 0, note: 'x', actor });
    expect((await statusOf(contactId))?.status).toBe('new');
    expect(await statusOf(ivan)).toMatchObject({
      status: 'important',
      reason: 'core.contactStatus.because.directs',
    });
  });
});
