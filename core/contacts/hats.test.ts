import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLine } from '../agents/actions/create-line.js';
import { setLineAudience } from '../agents/actions/set-line-audience.js';
import { listLines } from '../agents/queries/list-lines.js';
import type { Actor } from '../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { receiveMessage } from '../tickets/actions/receive-message.js';
import { findTicket } from '../tickets/queries/find-ticket.js';
import { guessHat } from '../tickets/queries/guess-hat.js';
import { addIdentity } from './actions/add-identity.js';
import { addMembership } from './actions/add-membership.js';
import { archiveContactRole } from './actions/archive-contact-role.js';
import { changeMembership } from './actions/change-membership.js';
import { createContact } from './actions/create-contact.js';
import { createContactRole } from './actions/create-contact-role.js';
import { createOrganization } from './actions/create-organization.js';
import { endMembership } from './actions/end-membership.js';
import { renameContactRole } from './actions/rename-contact-role.js';
import { useIdentityAs } from './actions/use-identity-as.js';
import { findContactCard } from './queries/find-contact-card.js';
import { listContactRoles, listDirectingRoles } from './queries/list-contact-roles.js';
import { listContacts } from './queries/list-contacts.js';

const actor: Actor = { kind: 'agent', id: 1 };
const DAY = 24 * 3_600_000;

describe.each(testEngines)('roles of contacts on %s', (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await makeTestApp(engine);
  });
  afterEach(() => app.close());

  it('begin with four, which have no name but the usual one', async () => {
    const roles = await listContactRoles(app.db);
    expect(roles.map(({ key, name }) => [key, name])).toEqual([
      ['private', null],
      ['employee', null],
      ['director', null],
      ['decision_maker', null],
    ]);
    expect(await listDirectingRoles(app.db)).toEqual(['director', 'decision_maker']);
  });

  it('are named by the company, and added; keys stay', async () => {
    expect(await renameContactRole(app, { key: 'director', name: ' Head ', actor })).toEqual({ ok: true });
    await renameContactRole(app, { key: 'director', name: 'Chief', actor });
    const made = await createContactRole(app, { name: 'Owner', directs: true, actor });
    if (!made.ok) throw new Error(made.because);
    const roles = await listContactRoles(app.db);
    expect(roles[2]).toEqual({
      key: 'director',
      name: 'Chief',
      directs: true,
      seesOrganization: true,
      answersOrganization: false,
      isBuiltin: true,
      isArchived: false,
    });
    expect(roles[4]).toMatchObject({ key: made.key, name: 'Owner', directs: true, isBuiltin: false });
    expect(await listDirectingRoles(app.db)).toContain(made.key);
    await archiveContactRole(app, { key: made.key, actor });
    expect(await listContactRoles(app.db)).toHaveLength(4);
    expect(await listContactRoles(app.db, { includeArchived: true })).toHaveLength(5);
  });

  it('have a name, and built-in ones stay', async () => {
    expect(await createContactRole(app, { name: ' ', actor })).toMatchObject({ ok: false, field: 'name' });
    expect(await renameContactRole(app, { key: 'employee', name: '', actor })).toMatchObject({ ok: false });
    await expect(renameContactRole(app, { key: 'king', name: 'King', actor })).rejects.toThrow();
    await expect(archiveContactRole(app, { key: 'director', actor })).rejects.toThrow();
  });
});

describe.each(testEngines)('hats on %s', (engine) => {
  let app: TestApp;
  let ivan = 0;
  let firm = 0;
  let lineId = 0;
  beforeEach(async () => {
    app = await makeTestApp(engine);
    const made = await createLine(app, { name: 'Support', actor });
    if (!made.ok) throw new Error(made.because);
    lineId = made.lineId;
    const identities = [{ kind: 'email', value: 'ivan@home.example' }];
    ivan = await createContact(app, { name: 'Ivan Petrov', identities, actor });
    firm = await createOrganization(app, { name: 'Firm', domain: 'firm.example', actor });
    await addMembership(app, { contactId: ivan, organizationId: null, role: 'private', actor });
  });
  afterEach(() => app.close());

  const hat = (more: Partial<Parameters<typeof addMembership>[1]> = {}) =>
    addMembership(app, { contactId: ivan, organizationId: firm, role: 'employee', actor, ...more });
  const guess = (address = 'ivan@firm.example') =>
    guessHat(app.db, {
      contactId: ivan,
      lineId,
      address,
      channel: 'mail',
      subject: 'Boiler',
      now: app.now(),
    });
  const inDays = (days: number) => new Date(app.now().getTime() + days * DAY).toISOString();

  it('are worn between two dates and guessed only then', async () => {
    const id = await hat({ validFrom: inDays(1), validTo: inDays(3) });
    expect((await guess())?.id).not.toBe(id);
    app.clock.pass(2 * DAY);
    expect(await guess()).toEqual({ id, reason: 'core.hat.domain', values: { domain: 'firm.example' } });
    expect((await listContacts(app, {}))[0]?.organization).toBe('Firm');
    app.clock.pass(DAY);
    expect((await guess())?.id).not.toBe(id);
    expect((await listContacts(app, {}))[0]?.organization).toBeNull();
  });

  it('that have ended stay on the tickets that were written in them', async () => {
    const id = await hat();
    const membership = await guess();
    const message = {
      externalId: null,
      fingerprint: 'a',
      writtenAt: null,
      subject: 'Boiler',
      text: 'Cold',
      quote: '',
      html: null,
      htmlVersion: null,
      participants: {},
      attachments: [],
      auto: null,
      flags: [],
    };
    const account = { id: 1, channel: 'mail', lineId };
    const from = { contactId: ivan };
    const { ticketId } = await receiveMessage(app, {
      account,
      from,
      ticketId: null,
      message,
      membership,
      evidence: [],
    });
    await endMembership(app, { contactId: ivan, membershipId: id, actor });
    expect(await findTicket(app.db, ticketId)).toMatchObject({
      membershipId: id,
      membershipReason: 'core.hat.domain',
      membershipValues: '{"domain":"firm.example"}',
    });
    expect((await guess())?.id).not.toBe(id);
  });

  it('are changed, not backwards, and by nobody but their owner', async () => {
    const id = await hat();
    const change = (fields: object, contactId = ivan) =>
      changeMembership(app, { contactId, membershipId: id, fields, actor });
    await change({ role: 'director', title: 'CEO', validTo: inDays(5) });
    const [, worn] = (await findContactCard(app.db, ivan)).hats;
    expect(worn).toMatchObject({ role: 'director', title: 'CEO', validTo: inDays(5) });
    await expect(change({ validTo: inDays(-5) })).rejects.toThrow('a role ends after it begins');
    await expect(hat({ validFrom: inDays(2), validTo: inDays(2) })).rejects.toThrow();
    await expect(change({ role: 'employee' }, ivan + 1)).rejects.toThrow();
  });

  it('with an end in the future can be ended now, and one that has not begun is never worn', async () => {
    for (const dates of [{ validTo: inDays(9) }, { validFrom: inDays(5) }]) {
      const id = await hat(dates);
      await endMembership(app, { contactId: ivan, membershipId: id, actor });
      expect((await guess())?.id).not.toBe(id);
      app.clock.pass(6 * DAY);
      expect((await guess())?.id).not.toBe(id);
    }
  });

  it('are told by the number that is used in them, and by who writes to a line', async () => {
    const id = await hat();
    const phone = { kind: 'phone', value: '8 912 555-01-01' };
    const identityId = await addIdentity(app, { contactId: ivan, ...phone, actor });
    expect(await guess('+79125550101')).toBeNull();
    await useIdentityAs(app, { contactId: ivan, identityId, membershipId: id, actor });
    expect(await guess('+79125550101')).toMatchObject({ id, reason: 'core.hat.identity' });
    await expect(
      useIdentityAs(app, { contactId: ivan, identityId, membershipId: 999, actor }),
    ).rejects.toThrow();
    await setLineAudience(app, { lineId, audience: 'organizations', actor });
    expect(await listLines(app.db)).toMatchObject([{ audience: 'organizations' }]);
    const byLine = await guess('ivan@elsewhere.example');
    expect(byLine).toEqual({ id, reason: 'core.hat.lineOrganizations', values: { line: 'Support' } });
  });

  it('are told by an open case of a colleague about the same', async () => {
    const id = await hat();
    const contactId = await createContact(app, { name: 'Olga', identities: [], actor });
    const her = await addMembership(app, { contactId, organizationId: firm, role: 'employee', actor });
    const at = app.now().toISOString();
    const ticket = { number: 7, subject: 'Re: boiler', status: 'open', category: 'open', bucket: 'open' };
    const times = { openedAt: at, updatedAt: at, attentionAt: at, lastMessageAt: at };
    await app.database
      .writer('tickets')
      .insert({ ...ticket, ...times, channel: 'mail', contactId, membershipId: her });
    const reason = 'core.hat.openCaseOfColleague';
    expect(await guess('ivan@elsewhere.example')).toEqual({ id, reason, values: { number: 7 } });
  });
});
