import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { acceptInvite } from './actions/accept-invite.js';
import { addAgent } from './actions/add-agent.js';
import { changeAgent } from './actions/change-agent.js';
import { changePassword } from './actions/change-password.js';
import { changeRole } from './actions/change-role.js';
import { changeTeamMembers } from './actions/change-team-members.js';
import { archiveLine } from './actions/archive-line.js';
import { createFirstOwner } from './actions/create-first-owner.js';
import { createLine } from './actions/create-line.js';
import { createRole } from './actions/create-role.js';
import { createTeam } from './actions/create-team.js';
import { disableAgent } from './actions/disable-agent.js';
import { enableAgent } from './actions/enable-agent.js';
import { finishReset } from './actions/finish-reset.js';
import { inviteAgent } from './actions/invite-agent.js';
import { renameTeam } from './actions/rename-team.js';
import { renewInvite } from './actions/renew-invite.js';
import { setPassword } from './actions/set-password.js';
import { signIn } from './actions/sign-in.js';
import { startReset } from './actions/start-reset.js';
import { agentNames } from './queries/agent-names.js';
import { findAgent } from './queries/find-agent.js';
import { findSession } from './queries/find-session.js';
import { findViewer } from './queries/find-viewer.js';
import { listAgents } from './queries/list-agents.js';
import { listLines } from './queries/list-lines.js';
import { listRoles } from './queries/list-roles.js';
import { listTeams } from './queries/list-teams.js';
import { can } from './viewer.js';

const GOOD = 'leaf cabin orbit';
const system: Actor = { kind: 'system', id: 'test', door: 'cli' };
const as = (id: number): Actor => ({ kind: 'agent', id, door: 'desk' });

/** Keeps the owners' rows locked, and lets go when two others wait for them: they are then truly at once. */
async function holdOwners(app: TestApp): Promise<() => Promise<void>> {
  const held = await app.database.writer.transaction();
  await held('agents').where({ role: 'owner' }).forUpdate().select('id');
  const waiting = `select count(*) as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  return async () => {
    await expect.poll(async () => (await app.db.raw(waiting)).rows[0].n, { timeout: 30_000 }).toBe(2);
    await held.commit();
  };
}

describe.each(testEngines)('accounts on %s', (engine) => {
  let app: TestApp;
  let owner: number;
  beforeEach(async () => {
    app = await makeTestApp(engine);
    const made = await createFirstOwner(app, {
      email: 'Olga@Example.org',
      name: 'Olga Owner',
      password: GOOD,
    });
    if (!made.ok) throw new Error(made.because);
    owner = made.agent.id;
    return () => app.close();
  });

  const add = async (name: string, role: string, more: object = {}) => {
    const email = `${name.toLowerCase()}@example.org`;
    const made = await addAgent(app, {
      email,
      name,
      role,
      password: `${GOOD} ${name}`,
      actor: system,
      ...more,
    });
    if (!made.ok) throw new Error(made.because);
    return made.agent.id;
  };
  const invite = async (email = 'new@example.org') => {
    const made = await inviteAgent(app, { email, name: 'New', role: 'agent', actor: as(owner) });
    if (!made.ok) throw new Error(made.because);
    return made;
  };
  const enter = (email: string, password: string) =>
    signIn(app, { email, password, ip: '10.0.0.1', device: 'test' });
  const eventsNamed = async (
    name: string,
  ): Promise<{ actorKind: string; actorId: string; payload: string }[]> =>
    app.db('events').where({ name }).select('actorKind', 'actorId', 'payload');

  test('the first owner is created once, even by two at a time', async () => {
    expect(await createFirstOwner(app, { email: 'x@example.org', name: 'X', password: GOOD })).toEqual({
      ok: false,
      because: 'core.setup.done',
    });
    const fresh = await makeTestApp(engine);
    const tries = await Promise.all(
      ['a@example.org', 'b@example.org'].map((email) =>
        createFirstOwner(fresh, { email, name: 'A', password: GOOD }),
      ),
    );
    const agents = await listAgents(fresh.db);
    await fresh.close();
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(agents).toHaveLength(1);
  });

  test('an address is stored in lower case and belongs to one account', async () => {
    expect((await findAgent(app.db, owner)).email).toBe('olga@example.org');
    const again = { email: ' OLGA@example.ORG', name: 'Other', role: 'agent', actor: as(owner) };
    expect(await addAgent(app, again)).toEqual({ ok: false, because: 'core.agent.exists', field: 'email' });
    const twice = await Promise.all(
      [1, 2].map(() => inviteAgent(app, { ...again, email: 'two@example.org' })),
    );
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test.each([
    '',
    'x',
    'a@',
    '@b',
    'a b@c.de',
    'a@b..c',
    'a\u200b@b.de',
    `${'a'.repeat(300)}@b.de`,
    'a@b.de\nBcc: x',
  ])('refuses the address %j', async (email) => {
    const answer = await addAgent(app, { email, name: 'A', role: 'agent', actor: as(owner) });
    expect(answer).toMatchObject({ ok: false, field: 'email' });
  });

  test('no query gives the password hash away', async () => {
    const seen = JSON.stringify([
      await findAgent(app.db, owner),
      await listAgents(app.db, { includeDisabled: true }),
    ]);
    expect(seen).not.toMatch(/argon2|passwordHash/i);
    expect((await app.db('agents').first('passwordHash')).passwordHash).toMatch(/^\$argon2id\$/);
  });

  test('somebody invited sets a password once; of two at a time one wins', async () => {
    const { token, agent } = await invite();
    expect(agent.isInvited).toBe(true);
    const stored = await app.db('agent_tokens').select();
    expect(JSON.stringify(stored)).not.toContain(token);
    const tries = await Promise.all(
      ['One', 'Two'].map((name) => acceptInvite(app, { token, name, password: `${GOOD} ${name}` })),
    );
    const won = tries.find((each) => each.ok);
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(tries).toContainEqual({ ok: false, because: 'core.invite.invalid' });
    const name = won?.ok ? won.agent.name : '';
    expect(await enter('new@example.org', `${GOOD} ${name}`)).toMatchObject({ ok: true });
    expect(await acceptInvite(app, { token, name: 'Three', password: GOOD })).toMatchObject({ ok: false });
  });

  test('an invitation ends after a day, and a new one ends the one before', async () => {
    const { token, agent } = await invite();
    const renewed = await renewInvite(app, { agentId: agent.id, actor: as(owner) });
    expect(await acceptInvite(app, { token, name: 'N', password: GOOD })).toMatchObject({ ok: false });
    app.clock.pass(24 * 3_600_000);
    const second = renewed.ok ? renewed.token : '';
    expect(await acceptInvite(app, { token: second, name: 'N', password: GOOD })).toEqual({
      ok: false,
      because: 'core.invite.invalid',
    });
  });

  test.each(['', ' ', '%20', 'short', 'x'.repeat(22), 'x'.repeat(5000)])(
    'the link %j opens nothing',
    async (token) => {
      await invite();
      expect(await acceptInvite(app, { token, name: 'N', password: GOOD })).toMatchObject({ ok: false });
      expect(await finishReset(app, { token, password: GOOD })).toMatchObject({ ok: false });
    },
  );

  test('the link of an invitation does not reset a password', async () => {
    const { token } = await invite();
    expect(await finishReset(app, { token, password: GOOD })).toEqual({
      ok: false,
      because: 'core.reset.invalid',
    });
  });

  test('a reset ends all sessions, works once, and for an hour', async () => {
    const session = await enter('olga@example.org', GOOD);
    const first = await startReset(app, { email: 'OLGA@example.org', ip: '10.0.0.1' });
    const late = await startReset(app, { email: 'olga@example.org', ip: '10.0.0.1' });
    expect(first?.owner.email).toBe('olga@example.org');
    const token = first?.token ?? '';
    expect(await finishReset(app, { token, password: 'short' })).toMatchObject({
      because: 'core.password.tooShort',
    });
    expect(await finishReset(app, { token, password: 'river stone 44' })).toEqual({
      ok: true,
      agentId: owner,
    });
    expect(await findSession(app.db, session.ok ? session.token : '', app.now())).toBeNull();
    expect(await finishReset(app, { token, password: 'river stone 45' })).toMatchObject({ ok: false });
    expect(await finishReset(app, { token: late?.token ?? '', password: 'river stone 46' })).toMatchObject({
      ok: false,
    });
    expect(await enter('olga@example.org', 'river stone 44')).toMatchObject({ ok: true });

    const third = await startReset(app, { email: 'olga@example.org', ip: '10.0.0.1' });
    app.clock.pass(3_600_000);
    expect(await finishReset(app, { token: third?.token ?? '', password: GOOD })).toMatchObject({
      ok: false,
    });
  });

  test('a reset for nobody writes as much as one for somebody, and for too many no more', async () => {
    expect(await startReset(app, { email: 'nobody@example.org', ip: '10.0.0.2' })).toBeNull();
    expect(await app.db('agent_tokens').count({ n: '*' }).first()).toMatchObject({ n: 1 });
    for (let i = 0; i < 4; i++)
      expect(await startReset(app, { email: 'olga@example.org', ip: '' })).not.toBeNull();
    expect(await startReset(app, { email: 'olga@example.org', ip: '' })).toBeNull();
  });

  test('a new password needs the old one and ends the other sessions only', async () => {
    const here = await enter('olga@example.org', GOOD);
    const there = await enter('olga@example.org', GOOD);
    if (!here.ok || !there.ok) throw new Error('not signed in');
    const wanted = {
      agentId: owner,
      password: 'river stone 44',
      sessionId: here.sessionId,
      actor: as(owner),
    };
    expect(await changePassword(app, { ...wanted, oldPassword: 'guess guess' })).toMatchObject({ ok: false });
    expect(await changePassword(app, { ...wanted, oldPassword: GOOD })).toEqual({ ok: true });
    expect(await findSession(app.db, here.token, app.now())).not.toBeNull();
    expect(await findSession(app.db, there.token, app.now())).toBeNull();
    expect(await eventsNamed('agent.passwordChanged')).toMatchObject([
      { actorKind: 'agent', actorId: String(owner) },
    ]);
  });

  test('a disabled account loses its sessions at once and gets them back only by signing in', async () => {
    const agentId = await add('Anna', 'agent');
    const session = await enter('anna@example.org', `${GOOD} Anna`);
    expect(await disableAgent(app, { agentId, actor: as(owner) })).toEqual({ ok: true });
    const token = session.ok ? session.token : '';
    expect(await findSession(app.db, token, app.now())).toBeNull();
    expect(await findViewer(app.db, agentId)).toBeUndefined();
    expect(await enter('anna@example.org', `${GOOD} Anna`)).toEqual({
      ok: false,
      because: 'core.signIn.wrong',
    });
    expect(await startReset(app, { email: 'anna@example.org', ip: '' })).toBeNull();
    await enableAgent(app, { agentId, actor: as(owner) });
    expect(await findSession(app.db, token, app.now())).toBeNull();
    expect(await enter('anna@example.org', `${GOOD} Anna`)).toMatchObject({ ok: true });
    expect((await listAgents(app.db)).map(({ name }) => name)).toEqual(['Anna', 'Olga Owner']);
  });

  test('the last owner stays one, and nobody disables themselves', async () => {
    const lastOwner = { ok: false, because: 'core.agent.lastOwner' };
    expect(await disableAgent(app, { agentId: owner, actor: system })).toEqual(lastOwner);
    expect(await disableAgent(app, { agentId: owner, actor: as(owner) })).toMatchObject({ ok: false });
    expect(await changeAgent(app, { agentId: owner, role: 'agent', actor: as(owner) })).toMatchObject(
      lastOwner,
    );
    await inviteAgent(app, { email: 'later@example.org', name: 'Later', role: 'owner', actor: as(owner) });
    expect(await disableAgent(app, { agentId: owner, actor: system })).toEqual(lastOwner);
  });

  test('two owners who remove each other at once leave one', async () => {
    const other = await add('Boris', 'owner');
    const release = engine === 'postgres' ? await holdOwners(app) : undefined;
    const both = Promise.allSettled([
      disableAgent(app, { agentId: other, actor: as(owner) }),
      disableAgent(app, { agentId: owner, actor: as(other) }),
    ]);
    await release?.();
    const done = (await both).filter((each) => each.status === 'fulfilled' && each.value.ok);
    expect(done).toHaveLength(1);
    expect((await listAgents(app.db)).filter(({ role }) => role === 'owner')).toHaveLength(1);
  });

  test('an administrator manages all but owners', async () => {
    const admin = await add('Adam', 'administrator');
    const agentId = await add('Anna', 'agent');
    const ownerOnly = { ok: false, because: 'core.agent.ownerOnly' };
    expect(await changeAgent(app, { agentId, role: 'supervisor', actor: as(admin) })).toMatchObject({
      ok: true,
    });
    expect(await changeAgent(app, { agentId: admin, role: 'owner', actor: as(admin) })).toMatchObject(
      ownerOnly,
    );
    expect(await changeAgent(app, { agentId: owner, name: 'X', actor: as(admin) })).toMatchObject(ownerOnly);
    expect(await disableAgent(app, { agentId: owner, actor: as(admin) })).toMatchObject(ownerOnly);
    expect(await setPassword(app, { agentId: owner, password: GOOD, actor: as(admin) })).toMatchObject(
      ownerOnly,
    );
    const wanted = { email: 'y@example.org', name: 'Y', role: 'owner', actor: as(admin) };
    expect(await inviteAgent(app, wanted)).toMatchObject(ownerOnly);
  });

  test('nobody hands out more than they have', async () => {
    const made = await createRole(app, {
      name: 'HR',
      permissions: ['agents.manage', 'roles.manage'],
      actor: as(owner),
    });
    const role = made.ok ? made.role.key : '';
    const hr = await add('Hanna', role);
    const beyond = { ok: false, because: 'core.agent.beyondOwnRights' };
    expect(await changeAgent(app, { agentId: hr, role: 'administrator', actor: as(hr) })).toMatchObject(
      beyond,
    );
    expect(
      await changeRole(app, { key: role, permissions: ['plugins.manage'], actor: as(hr) }),
    ).toMatchObject(beyond);
    expect(await createRole(app, { name: 'All', permissions: ['*'], actor: as(hr) })).toMatchObject(beyond);
    expect(await changeRole(app, { key: 'agent', permissions: [], actor: as(hr) })).toMatchObject(beyond);
    const { lineId } = await lineNamed('Sales');
    await changeAgent(app, { agentId: hr, sees: 'lines', lineIds: [lineId], actor: as(owner) });
    expect(await changeAgent(app, { agentId: hr, sees: 'all', actor: as(hr) })).toMatchObject(beyond);
  });

  test('people change their own profile, and nothing else of theirs', async () => {
    const agentId = await add('Anna', 'agent');
    const actor = as(agentId);
    const mine = {
      name: 'Анна\u202e  Иванова',
      language: 'ru',
      timeZone: 'Europe/Moscow',
      preferences: { theme: 'dark' },
    } as const;
    const changed = await changeAgent(app, { agentId, ...mine, actor, expectedVersion: 1 });
    expect(changed).toMatchObject({
      agent: { name: 'Анна Иванова', preferences: { theme: 'dark' }, version: 2 },
    });
    await expect(changeAgent(app, { agentId, role: 'owner', actor })).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
    });
    await expect(changeAgent(app, { agentId: owner, name: 'X', actor })).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
    });
    await expect(changeAgent(app, { agentId, name: 'X', actor, expectedVersion: 1 })).rejects.toMatchObject({
      code: 'AGENT_CHANGED',
    });
    expect(await changeAgent(app, { agentId, timeZone: 'Mars/Olympus', actor })).toMatchObject({
      field: 'timeZone',
    });
    expect((await eventsNamed('agent.changed'))[0]?.payload).not.toContain('Иванова');
  });

  test('preferences that are not on the list are refused', async () => {
    for (const text of ['{"isAdmin":true}', '{"__proto__":{"theme":"dark"}}', '{"theme":"<b>"}', '[]']) {
      const answer = await changeAgent(app, {
        agentId: owner,
        preferences: JSON.parse(text),
        actor: as(owner),
      });
      expect(answer).toEqual(
        text === '[]'
          ? expect.objectContaining({ ok: false })
          : {
              ok: false,
              because: 'core.preference.unknown',
              field: 'preferences',
            },
      );
    }
    await changeAgent(app, { agentId: owner, preferences: { theme: 'dark', sound: true }, actor: as(owner) });
    const back = await changeAgent(app, { agentId: owner, preferences: { theme: null }, actor: as(owner) });
    expect(back).toMatchObject({ agent: { preferences: { sound: true } } });
  });

  test('roles hold permissions, those of plugins too; the owner role is fixed', async () => {
    const agentId = await add('Anna', 'observer');
    const before = await findViewer(app.db, agentId);
    expect(before && [can(before, 'tickets.read'), can(before, 'surveys.read')]).toEqual([true, false]);
    await changeRole(app, { key: 'observer', permissions: ['surveys.read'], actor: as(owner) });
    const after = await findViewer(app.db, agentId);
    expect(after && [can(after, 'tickets.read'), can(after, 'surveys.read')]).toEqual([false, true]);
    expect((await findViewer(app.db, owner))?.permissions).toBe('all');
    expect(await changeRole(app, { key: 'owner', permissions: [], actor: as(owner) })).toMatchObject({
      ok: false,
    });
    expect((await listRoles(app.db)).map(({ key }) => key)).toEqual([
      'owner',
      'administrator',
      'supervisor',
      'agent',
      'observer',
    ]);
    const odd = { name: 'Odd', permissions: ['drop table'], actor: as(owner) };
    expect(await createRole(app, odd)).toMatchObject({ field: 'permissions' });
  });

  const lineNamed = async (name: string) => {
    const made = await createLine(app, { name, actor: as(owner) });
    if (!made.ok) throw new Error(made.because);
    return made;
  };

  test('teams and lines have members, names, and an end', async () => {
    const agentId = await add('Anna', 'agent');
    const team = await createTeam(app, { name: ' First   line ', actor: as(owner) });
    const teamId = team.ok ? team.teamId : 0;
    const { lineId } = await lineNamed('Sales');
    await changeTeamMembers(app, { teamId, agentIds: [agentId, agentId], actor: as(owner) });
    await renameTeam(app, { teamId, name: 'Tier 1', actor: as(owner) });
    expect(await listTeams(app.db)).toEqual([
      { id: teamId, name: 'Tier 1', isArchived: false, agentIds: [agentId] },
    ]);
    await changeAgent(app, { agentId, teamIds: [], lineIds: [lineId], sees: 'lines', actor: as(owner) });
    expect(await findAgent(app.db, agentId)).toMatchObject({ teamIds: [], lineIds: [lineId], version: 3 });
    expect((await findViewer(app.db, agentId))?.lineIds).toEqual([lineId]);
    await archiveLine(app, { lineId, actor: as(owner) });
    expect([await listLines(app.db), await listLines(app.db, { includeArchived: true })]).toMatchObject([
      [],
      [{ isArchived: true }],
    ]);
    const unknown = await changeAgent(app, { agentId, teamIds: [999], name: 'Not kept', actor: as(owner) });
    expect(unknown).toEqual({ ok: false, because: 'core.team.unknown', field: 'teams' });
    expect((await findAgent(app.db, agentId)).name).toBe('Anna');
  });

  test('names on pages follow a change at once', async () => {
    expect((await agentNames(app.db)).get(owner)).toEqual({ name: 'Olga Owner', initials: 'OO' });
    await changeAgent(app, { agentId: owner, name: 'Ольга Иванова', actor: as(owner) });
    expect((await agentNames(app.db)).get(owner)?.initials).toBe('ОИ');
  });
});
