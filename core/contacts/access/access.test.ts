import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAccount } from '../../channels/actions/add-account.js';
import { createLine } from '../../agents/actions/create-line.js';
import type { Actor } from '../../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../testing/test-app.js';
import { testEngines } from '../../testing/test-database.js';
import { addIdentity } from '../actions/add-identity.js';
import { addMembership } from '../actions/add-membership.js';
import { changeContact } from '../actions/change-contact.js';
import { createContact } from '../actions/create-contact.js';
import { createOrganization } from '../actions/create-organization.js';
import { endMembership } from '../actions/end-membership.js';
import { keepApart } from '../actions/keep-apart.js';
import { letRoleSee } from '../actions/let-role-see.js';
import { mergeContacts } from '../actions/merge-contacts.js';
import { renameContactRole } from '../actions/rename-contact-role.js';
import { removeIdentity } from '../actions/remove-identity.js';
import { unmergeContacts } from '../actions/unmerge-contacts.js';
import { findDuplicates } from '../duplicates/find-duplicates.js';
import { findByIdentity } from '../queries/find-by-identity.js';
import { findContactCard } from '../queries/find-contact-card.js';
import { listDuplicates } from '../queries/list-duplicates.js';
import { askForLink } from './actions/ask-for-link.js';
import { askToConfirm } from './actions/ask-to-confirm.js';
import { confirmAddress } from './actions/confirm-address.js';
import { endContactSessions, leavePortal } from './actions/end-contact-sessions.js';
import { setContactPassword } from './actions/set-contact-password.js';
import { signInContact } from './actions/sign-in-contact.js';
import { startViewAs } from './actions/start-view-as.js';
import { touchVisitor } from './actions/touch-visitor.js';
import { useLink } from './actions/use-link.js';
import type { Visitor } from './models/visitor.js';
import { findLink } from './queries/find-link.js';
import { findVisitor } from './queries/find-visitor.js';
import { listContactSessions } from './queries/list-contact-sessions.js';
import { readAccess } from './queries/read-access.js';

const actor: Actor = { kind: 'agent', id: 1 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const browser = { ip: '', device: 'Firefox' };

describe.each(testEngines)('customers who come in, on %s', (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await makeTestApp(engine);
  });
  afterEach(() => app.close());

  const create = (...addresses: string[]) =>
    createContact(app, {
      name: 'Anna',
      identities: addresses.map((value) => ({ kind: 'email', value })),
      actor,
    });
  const ask = (address: string, ip = '') => askForLink(app, { address, ip });
  const enter = async (address: string) => {
    const link = await ask(address);
    const entered = link && (await useLink(app, { token: link.token, ...browser }));
    if (!entered) throw new Error(`${address} cannot come in`);
    return entered;
  };
  const who = async (token: string): Promise<Visitor | null> =>
    (await findVisitor(app.db, token, app.now()))?.visitor ?? null;
  const visitorOf = async (address: string): Promise<Visitor> => {
    const visitor = await who((await enter(address)).token);
    if (!visitor) throw new Error('nobody');
    return visitor;
  };
  const proven = async (address: string) =>
    (await findByIdentity(app.db, { kind: 'email', normalised: address }))?.verifiedAt ?? null;
  const names = async () => (await app.db('events').orderBy('id').select('name')).map(({ name }) => name);

  it('come in by a link, once, and the address is proven', async () => {
    const contactId = await create('anna@home.example');
    const link = await ask(' Anna@Home.Example ');
    if (!link) throw new Error('no link');
    expect(link.address).toBe('anna@home.example');
    const { token } = link;
    const looked = { token, purpose: 'sign-in', now: app.now() } as const;
    expect(await findLink(app.db, looked)).toMatchObject({ address: 'anna@home.example' });
    expect(await proven('anna@home.example')).toBeNull();
    const entered = await useLink(app, { token, ...browser });
    expect(entered).toMatchObject({ contactId, next: null });
    expect(await who(entered?.token ?? '')).toMatchObject({ contactId, name: 'Anna', viewedBy: null });
    expect(await proven('anna@home.example')).not.toBeNull();
    expect((await names()).slice(-2)).toEqual(['identity.verified', 'contact.signedIn']);
    expect(await useLink(app, { token, ...browser })).toBeNull();
    expect(await findLink(app.db, looked)).toBeNull();
  });

  it('come in by a link within an hour, not later', async () => {
    const link = await ask('anna@home.example');
    app.clock.pass(HOUR);
    expect(await useLink(app, { token: link?.token ?? '', ...browser })).toBeNull();
    expect(await useLink(app, { token: 'nonsense', ...browser })).toBeNull();
  });

  it('become a contact when nobody knows them, by opening the link and not by asking', async () => {
    await ask('new@home.example');
    expect(await app.db('contacts')).toHaveLength(0);
    const { contactId } = await enter('new@home.example');
    expect(await who((await enter('new@home.example')).token)).toMatchObject({ contactId });
    expect(await app.db('contacts')).toHaveLength(1);
  });

  it('are sent three links a day, and twenty an hour go to one visitor', async () => {
    const toOne = [];
    for (let n = 0; n < 4; n++) toOne.push((await ask('anna@home.example')) !== null);
    expect(toOne).toEqual([true, true, true, false]);
    app.clock.pass(DAY);
    expect(await ask('anna@home.example')).not.toBeNull();
    let sent = 0;
    for (let n = 0; n < 25; n++) if (await ask(`a${n}@home.example`, '10.0.0.1')) sent += 1;
    expect(sent).toBe(20);
  });

  it('get 200 links an hour, all of them together', async () => {
    let sent = 0;
    for (let n = 0; n < 205; n++) if (await ask(`a${n}@home.example`, `10.0.1.${n}`)) sent += 1;
    expect(sent).toBe(200);
  });

  it('are never our own mailboxes, nor machines', async () => {
    const line = await createLine(app, { name: 'Support', actor });
    if (!line.ok) throw new Error(line.because);
    const account = { channel: 'email', name: 'Support', config: {}, lineId: line.lineId };
    await addAccount(app, { ...account, address: 'Support@Desk.example', actor });
    const refused = [
      'support@desk.example',
      'SUPPORT+slack@desk.example',
      'no-reply@x.example',
      'noreply@x.example',
    ];
    for (const address of [...refused, 'MAILER-DAEMON@x.example', 'postmaster+a@x.example', 'nobody', ''])
      expect(await ask(address), address).toBeNull();
    expect(await ask('support@other.example')).not.toBeNull();
    const visitor = await visitorOf('anna@home.example');
    const claim = await askToConfirm(app, { visitor, address: 'support+1@desk.example', ip: '' });
    expect(claim).toEqual({ ok: true, link: null });
  });

  it('set a password only when they are in, and it ends their other visits', async () => {
    const contactId = await create('anna@home.example');
    const other = await enter('anna@home.example');
    const visitor = await visitorOf('anna@home.example');
    const set = (password: string) => setContactPassword(app, { visitor, password, actor });
    expect(await set('short')).toMatchObject({ ok: false, field: 'password' });
    expect(await set('quiet green harbour')).toEqual({ ok: true });
    expect(await who(other.token)).toBeNull();
    expect(await listContactSessions(app.db, { contactId, now: app.now() })).toMatchObject([
      { id: visitor.sessionId, device: 'Firefox' },
    ]);
    const tried = { address: 'Anna@home.example', ...browser };
    const wrong = { ok: false, because: 'core.signIn.wrong' };
    expect(await signInContact(app, { ...tried, password: 'quiet green harbours' })).toEqual(wrong);
    const unknown = { ...tried, address: 'b@home.example', password: 'quiet green harbour' };
    expect(await signInContact(app, unknown)).toEqual(wrong);
    expect(await signInContact(app, { ...tried, password: 'quiet green harbour' })).toMatchObject({
      contactId,
    });
    expect(await readAccess(app.db, contactId)).toMatchObject({ hasPassword: true, hasProvenAddress: true });
  });

  it('cannot come in by password with an address that nobody has proven', async () => {
    const contactId = await create('anna@home.example', 'victim@home.example');
    const visitor = await visitorOf('anna@home.example');
    await setContactPassword(app, { visitor, password: 'quiet green harbour', actor });
    const tried = { password: 'quiet green harbour', ...browser };
    expect(await signInContact(app, { ...tried, address: 'victim@home.example' })).toMatchObject({
      ok: false,
    });
    expect(await signInContact(app, { ...tried, address: 'anna@home.example' })).toMatchObject({ contactId });
  });

  it('have ten tries in a quarter of an hour', async () => {
    const tried = { address: 'a@home.example', password: 'x', ...browser };
    for (let n = 0; n < 10; n++) expect(await signInContact(app, tried)).not.toHaveProperty('retryInSeconds');
    expect(await signInContact(app, tried)).toMatchObject({
      because: 'core.signIn.tooMany',
      retryInSeconds: 900,
    });
  });

  it('are out when their time is over, their address is gone or another contact has it', async () => {
    const contactId = await create('anna@home.example', 'anna@work.example');
    const home = await enter('anna@home.example');
    const work = await enter('anna@work.example');
    const { identityId } = (await who(work.token)) ?? {};
    await removeIdentity(app, { contactId, identityId: identityId ?? 0, actor });
    expect(await who(work.token)).toBeNull();
    expect(await who(home.token)).toMatchObject({ contactId });
    app.clock.pass(20 * DAY);
    await touchVisitor(app, home.sessionId);
    app.clock.pass(20 * DAY);
    expect(await who(home.token)).not.toBeNull();
    app.clock.pass(10 * DAY);
    expect(await who(home.token)).toBeNull();
  });

  it('of a card that was merged are out, and in again when it is taken apart', async () => {
    const kept = await create('anna@home.example');
    const gone = await create('anna@work.example');
    const { token } = await enter('anna@work.example');
    const stays = await enter('anna@home.example');
    const { mergeId } = await mergeContacts(app, { keptId: kept, goneId: gone, actor });
    expect(await who(token)).toBeNull();
    expect(await who(stays.token)).toMatchObject({ contactId: kept });
    expect(await visitorOf('anna@work.example')).toMatchObject({ contactId: kept });
    await unmergeContacts(app, { mergeId, actor });
    expect(await who(token)).toMatchObject({ contactId: gone });
  });

  it('sign out on one device, on all others, and here', async () => {
    const contactId = await create('anna@home.example');
    const [one, two, here] = [await enter('anna@home.example'), await enter('anna@home.example')].concat(
      await enter('anna@home.example'),
    );
    const end = (more: object) => endContactSessions(app, { contactId, actor, ...more });
    expect(await end({ sessionId: one?.sessionId })).toBe(1);
    expect(await endContactSessions(app, { contactId: 999, sessionId: two?.sessionId ?? 0, actor })).toBe(0);
    expect(await end({ except: here?.sessionId })).toBe(1);
    expect(await who(two?.token ?? '')).toBeNull();
    await leavePortal(app, { token: here?.token, actor });
    expect(await who(here?.token ?? '')).toBeNull();
  });

  it('begin a new session in a browser that had one', async () => {
    const before = await enter('anna@home.example');
    const link = await ask('boris@home.example');
    await useLink(app, { token: link?.token ?? '', replaces: before.token, ...browser });
    expect(await who(before.token)).toBeNull();
  });

  it('add an address to their own profile, and nobody else adds it there', async () => {
    const contactId = await create('anna@home.example');
    const visitor = await visitorOf('anna@home.example');
    const stranger = await visitorOf('boris@home.example');
    const asked = await askToConfirm(app, { visitor, address: 'anna@work.example', ip: '' });
    const token = asked.ok ? (asked.link?.token ?? '') : '';
    expect(await useLink(app, { token, ...browser })).toBeNull();
    expect(await confirmAddress(app, { token, visitor: stranger, actor })).toBe('invalid');
    expect(await confirmAddress(app, { token, visitor, actor })).toBe('added');
    expect(await confirmAddress(app, { token, visitor, actor })).toBe('invalid');
    expect(await proven('anna@work.example')).not.toBeNull();
    expect(await visitorOf('anna@work.example')).toMatchObject({ contactId });
    const wrong = await askToConfirm(app, { visitor, address: 'nothing', ip: '' });
    expect(wrong).toMatchObject({ ok: false, field: 'address' });
  });

  it('prove an address that stands on their card unproven, and take none from another card', async () => {
    const contactId = await create('anna@home.example');
    await addIdentity(app, { contactId, kind: 'email', value: 'anna@work.example', actor });
    await create('boris@home.example');
    const visitor = await visitorOf('anna@home.example');
    const confirm = async (address: string) => {
      const asked = await askToConfirm(app, { visitor, address, ip: '' });
      return confirmAddress(app, { token: asked.ok ? (asked.link?.token ?? '') : '', visitor, actor });
    };
    expect(await confirm('anna@work.example')).toBe('added');
    expect(await proven('anna@work.example')).not.toBeNull();
    expect(await confirm('boris@home.example')).toBe('taken');
    expect(await proven('boris@home.example')).toBeNull();
    expect((await names()).at(-1)).toBe('contact.addressClaimed');
  });

  it('are offered to agents as one person when they prove an address of another card, until that is settled', async () => {
    const contactId = await create('anna@home.example');
    const otherId = await create('chief@firm.example');
    await changeContact(app, { contactId: otherId, fields: { name: 'Chief of the firm' }, actor });
    const visitor = await visitorOf('anna@home.example');
    const claim = async () => {
      app.clock.pass(24 * 3_600_000);
      const asked = await askToConfirm(app, { visitor, address: 'chief@firm.example', ip: '' });
      return confirmAddress(app, { token: asked.ok ? (asked.link?.token ?? '') : '', visitor, actor });
    };
    const offered = async (id: number) =>
      (await findDuplicates(app.db, id)).map(({ contactId: other, strength, reasons }) => [
        other,
        strength,
        ...reasons,
      ]);
    const pairs = async () => (await listDuplicates(app.db)).map(({ reasons }) => reasons);
    expect(await claim()).toBe('taken');
    expect(await offered(contactId)).toEqual([[otherId, 'strong', 'claimed']]);
    expect(await offered(otherId)).toEqual([[contactId, 'strong', 'claimed']]);
    expect(await pairs()).toEqual([['claimed']]);
    // A change of either card does not forget it.
    await changeContact(app, { contactId, fields: { name: 'Somebody else' }, actor });
    await changeContact(app, { contactId: otherId, fields: { name: 'The chief' }, actor });
    expect(await pairs()).toEqual([['claimed']]);
    const { mergeId } = await mergeContacts(app, { keptId: contactId, goneId: otherId, actor });
    expect(await offered(contactId)).toEqual([]);
    expect(await pairs()).toEqual([]);
    await unmergeContacts(app, { mergeId, actor });
    expect(await pairs()).toEqual([['claimed']]);
    await keepApart(app, { contactId, otherId, actor });
    expect(await offered(otherId)).toEqual([]);
    expect(await pairs()).toEqual([]);
    expect(await claim()).toBe('taken');
    expect(await pairs()).toEqual([]);
  });

  it('claim nothing any more once the address has left the other card', async () => {
    await create('anna@home.example');
    const otherId = await create('chief@firm.example');
    await changeContact(app, { contactId: otherId, fields: { name: 'Chief of the firm' }, actor });
    const visitor = await visitorOf('anna@home.example');
    const asked = await askToConfirm(app, { visitor, address: 'chief@firm.example', ip: '' });
    await confirmAddress(app, { token: asked.ok ? (asked.link?.token ?? '') : '', visitor, actor });
    expect(await findDuplicates(app.db, otherId)).toHaveLength(1);
    for (const { id: identityId } of (await findContactCard(app.db, otherId)).identities)
      await removeIdentity(app, { contactId: otherId, identityId, actor });
    expect(await findDuplicates(app.db, otherId)).toEqual([]);
    expect(await listDuplicates(app.db)).toEqual([]);
  });

  it('are looked at by an agent for half an hour, who is no device of theirs', async () => {
    const contactId = await create('anna@home.example');
    await app.database.writer('roles').insert({ key: 'agent', name: 'Agent', permissions: '[]' });
    const [agent] = await app.database
      .writer('agents')
      .insert({
        sees: 'lines',
        email: 'a@desk.example',
        name: 'A',
        role: 'agent',
        createdAt: app.now().toISOString(),
      })
      .returning<{ id: number }[]>('id');
    const { token, sessionId } = await startViewAs(app, {
      contactId,
      agent: { id: agent?.id ?? 0 },
      ...browser,
    });
    expect(await who(token)).toMatchObject({ contactId, identityId: null, viewedBy: agent?.id, lineIds: [] });
    expect(await listContactSessions(app.db, { contactId, now: app.now() })).toEqual([]);
    expect(await readAccess(app.db, contactId)).toMatchObject({ lastSeenAt: null });
    expect((await names()).at(-1)).toBe('contact.viewedAs');
    await touchVisitor(app, sessionId);
    app.clock.pass(HOUR / 2 - 1);
    await app.database.writer('agents').update({ disabledAt: app.now().toISOString() });
    expect(await who(token)).toBeNull();
    await app.database.writer('agents').update({ disabledAt: null });
    expect(await who(token)).not.toBeNull();
    app.clock.pass(1);
    expect(await who(token)).toBeNull();
  });

  it('read for the organizations where a role of theirs sees them, as long as they have it', async () => {
    const contactId = await create('anna@home.example');
    const { token } = await enter('anna@home.example');
    const firm = await createOrganization(app, { name: 'Firm', actor });
    const mill = await createOrganization(app, { name: 'Mill', actor });
    const wear = (organizationId: number, role: string) =>
      addMembership(app, { contactId, organizationId, role, actor });
    const seen = async () => (await who(token))?.organizationIds;
    expect(await who(token)).toMatchObject({ hasOrganization: false, organizationIds: [] });
    await wear(mill, 'employee');
    const membershipId = await wear(firm, 'director');
    expect(await seen()).toEqual([firm]);
    expect(await who(token)).toMatchObject({ hasOrganization: true });
    await letRoleSee(app, { key: 'employee', seesOrganization: true, actor });
    expect(new Set(await seen())).toEqual(new Set([firm, mill]));
    const answered = async () => (await who(token))?.answeredOrganizationIds;
    expect(await answered()).toEqual([]);
    const both = { seesOrganization: true, answersOrganization: true };
    await letRoleSee(app, { key: 'employee', ...both, actor });
    expect(await answered()).toEqual([mill]);
    expect(new Set(await seen())).toEqual(new Set([firm, mill]));
    await letRoleSee(app, { key: 'employee', seesOrganization: false, actor });
    await renameContactRole(app, { key: 'director', name: 'Head', actor });
    expect(await seen()).toEqual([firm]);
    await endMembership(app, { contactId, membershipId, actor });
    expect(await seen()).toEqual([]);
    await expect(letRoleSee(app, { key: 'private', seesOrganization: true, actor })).rejects.toThrow();
  });
});
