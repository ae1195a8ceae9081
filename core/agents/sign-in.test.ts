import { verify } from '@node-rs/argon2';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { addAgent } from './actions/add-agent.js';
import { changeAgent } from './actions/change-agent.js';
import { changeRole } from './actions/change-role.js';
import { createFirstOwner } from './actions/create-first-owner.js';
import { disableAgent } from './actions/disable-agent.js';
import { endSession } from './actions/end-session.js';
import { endSessions } from './actions/end-sessions.js';
import { inviteAgent } from './actions/invite-agent.js';
import { purgeSessions } from './actions/purge-sessions.js';
import { signIn, type SignIn } from './actions/sign-in.js';
import { startSession } from './actions/start-session.js';
import { touchSession } from './actions/touch-session.js';
import { setPasswordCost } from './passwords/hash-password.js';
import { findSession } from './queries/find-session.js';
import { listSessions } from './queries/list-sessions.js';
import { createSessionCache } from './sessions/session-cache.js';
import { can } from './viewer.js';

// The real library, with a count of how often it was asked.
vi.mock(import('@node-rs/argon2'), async (original) => {
  const real = await original();
  return { ...real, verify: vi.fn(real.verify) };
});

const GOOD = 'leaf cabin orbit';
const wrong = { ok: false, because: 'core.signIn.wrong' };
const system: Actor = { kind: 'system', id: 'test', door: 'cli' };
const MINUTE = 60_000;

async function reads(work: () => Promise<unknown>, { db }: TestApp): Promise<number> {
  let count = 0;
  const note = () => void (count += 1);
  db.on('query', note);
  await work();
  db.off('query', note);
  return count;
}

describe.each(testEngines)('signing in on %s', (engine) => {
  let app: TestApp;
  let anna: number;
  beforeEach(async () => {
    app = await makeTestApp(engine);
    await createFirstOwner(app, { email: 'olga@example.org', name: 'Olga', password: `${GOOD} o` });
    const more = { email: 'anna@example.org', name: 'Anna', role: 'agent', password: GOOD, actor: system };
    const made = await addAgent(app, more);
    if (!made.ok) throw new Error(made.because);
    anna = made.agent.id;
    return () => app.close();
  });
  const enter = (more: Partial<SignIn> = {}) =>
    signIn(app, { email: 'anna@example.org', password: GOOD, ip: '10.0.0.1', device: 'Firefox', ...more });
  const entered = async (more: Partial<SignIn> = {}) => {
    const answer = await enter(more);
    if (!answer.ok) throw new Error(answer.because);
    return answer;
  };

  test('the right password starts a session that is stored as a hash', async () => {
    const { token, sessionId, agent } = await entered({ email: ' Anna@Example.org ' });
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(JSON.stringify(agent)).not.toContain('argon2');
    expect(await findSession(app.db, token, app.now())).toMatchObject({ sessionId, agentId: anna });
    const stored = await app.db('sessions').first();
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await findSession(app.db, stored.hash, app.now())).toBeNull();
    expect(
      await enter({ password: (await app.db('agents').where({ id: anna }).first()).passwordHash }),
    ).toEqual(wrong);
  });

  test('unknown, invited and disabled people get the same answer after the same work', async () => {
    await inviteAgent(app, { email: 'invited@example.org', name: 'I', role: 'agent', actor: system });
    const off = { email: 'off@example.org', name: 'Off', role: 'agent', password: GOOD, actor: system };
    const disabled = await addAgent(app, off);
    if (disabled.ok) await disableAgent(app, { agentId: disabled.agent.id, actor: system });
    const worked = [];
    for (const email of [
      'anna@example.org',
      'nobody@example.org',
      'invited@example.org',
      'off@example.org',
      '',
      'x'.repeat(9999),
    ]) {
      vi.mocked(verify).mockClear();
      expect(await enter({ email, password: email === 'anna@example.org' ? 'wrong one' : GOOD })).toEqual(
        wrong,
      );
      worked.push(
        vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$')),
      );
    }
    expect(new Set(worked.map(String)).size).toBe(1);
    expect(worked[0]).toHaveLength(1);
    expect(await app.db('events').where({ name: 'agent.signInFailed' }).select('id')).toHaveLength(6);
  });

  test.each(['', `${GOOD} `, `${GOOD}\u0000`, GOOD.toUpperCase(), 'x'.repeat(100_000)])(
    'not with a password like it (%#)',
    async (password) => {
      expect(await enter({ password })).toEqual(wrong);
    },
  );

  test('a session that the browser came with is never taken on', async () => {
    const old = await entered();
    const next = await entered({ replaces: old.token });
    expect(next.token).not.toBe(old.token);
    expect(await findSession(app.db, old.token, app.now())).toBeNull();
    const planted = 'AAAAAAAAAAAAAAAAAAAAAA';
    expect((await entered({ replaces: planted })).token).not.toBe(planted);
    expect(await findSession(app.db, planted, app.now())).toBeNull();
  });

  test('an account takes ten tries in fifteen minutes, then even the right password waits', async () => {
    for (let i = 0; i < 10; i++)
      expect(await enter({ password: 'wrong one', ip: `10.1.0.${i}` })).toEqual(wrong);
    app.clock.pass(5 * MINUTE);
    const tooMany = { ok: false, because: 'core.signIn.tooMany', retryInSeconds: 600 };
    expect(await enter({ ip: '10.9.9.9' })).toEqual(tooMany);
    app.clock.pass(10 * MINUTE);
    expect(await enter({ ip: '10.9.9.9' })).toMatchObject({ ok: true });
  });

  test('strangers who guess do not lock out where the owner of the account has been before', async () => {
    await entered({ ip: '192.168.1.5' });
    for (let i = 0; i < 12; i++) await enter({ password: 'wrong one', ip: `10.1.0.${i}` });
    expect(await enter({ ip: '10.1.0.99' })).toMatchObject({ because: 'core.signIn.tooMany' });
    expect(await enter({ ip: '192.168.1.5' })).toMatchObject({ ok: true });
  });

  test('an address takes fifty tries in fifteen minutes, whatever accounts it tries', async () => {
    for (let i = 0; i < 50; i++)
      await enter({ email: `p${i}@example.org`, ip: `2001:db8:1:2::${i.toString(16)}` });
    expect(await enter({ ip: '2001:db8:1:2:ffff::1' })).toMatchObject({ because: 'core.signIn.tooMany' });
    expect(await enter({ ip: '2001:db8:1:3::1' })).toMatchObject({ ok: true });
  });

  test('a hash of another cost is renewed at the next sign-in', async () => {
    const before = (await app.db('agents').where({ id: anna }).first()).passwordHash;
    setPasswordCost({ memoryCost: 128, timeCost: 1 });
    await entered();
    const after = (await app.db('agents').where({ id: anna }).first()).passwordHash;
    setPasswordCost({ memoryCost: 64, timeCost: 1 });
    expect([before, after].map((hash) => hash.split('$')[3])).toEqual(['m=64,t=1,p=1', 'm=128,t=1,p=1']);
  });

  test('a session ends after eight hours unused and thirty days at most', async () => {
    const { token, sessionId } = await entered();
    app.clock.pass(8 * 60 * MINUTE - 1);
    expect(await findSession(app.db, token, app.now())).not.toBeNull();
    await touchSession(app, sessionId);
    app.clock.pass(8 * 60 * MINUTE - 1);
    expect(await findSession(app.db, token, app.now())).not.toBeNull();
    for (let hours = 0; hours < 30 * 24; hours += 7) {
      await touchSession(app, sessionId);
      app.clock.pass(7 * 60 * MINUTE);
    }
    expect(await findSession(app.db, token, app.now())).toBeNull();
    expect(await purgeSessions(app)).toBe(1);
  });

  test('a session is noted as used once a minute', async () => {
    const { sessionId } = await entered();
    const seen = async () => (await listSessions(app.db, anna, app.now()))[0]?.lastSeenAt;
    const first = await seen();
    app.clock.pass(MINUTE - 1);
    await touchSession(app, sessionId);
    expect(await seen()).toBe(first);
    app.clock.pass(1);
    await touchSession(app, sessionId);
    expect(await seen()).toBe(app.now().toISOString());
  });

  test('people see their devices and end one, the others, or the one they sit at', async () => {
    const actor: Actor = { kind: 'agent', id: anna, door: 'desk' };
    const tokens = [];
    for (const device of ['One', 'Two', 'Three']) {
      tokens.push(await entered({ device }));
      app.clock.pass(1000);
    }
    const devices = async () => (await listSessions(app.db, anna, app.now())).map(({ device }) => device);
    expect(await devices()).toEqual(['Three', 'Two', 'One']);
    expect(await endSession(app, { sessionId: tokens[0]?.sessionId ?? 0, agentId: anna + 1, actor })).toBe(
      false,
    );
    expect(await endSession(app, { sessionId: tokens[0]?.sessionId ?? 0, agentId: anna, actor })).toBe(true);
    expect(await devices()).toEqual(['Three', 'Two']);
    expect(await endSessions(app, { agentId: anna, except: tokens[2]?.sessionId ?? 0, actor })).toBe(1);
    expect(await endSession(app, { token: tokens[2]?.token ?? '', actor })).toBe(true);
    expect(await devices()).toEqual([]);
  });

  test('nobody holds more than fifty sessions', async () => {
    for (let i = 0; i < 52; i++)
      await startSession(app, { agentId: anna, ip: '', device: `d${i}`, actor: system });
    expect(await listSessions(app.db, anna, app.now())).toHaveLength(50);
  });

  describe('the memory of sessions', () => {
    test('costs no query within a second and one after it', async () => {
      const { token } = await entered();
      const cache = createSessionCache(app);
      expect(await cache.find(token)).toMatchObject({
        agent: { name: 'Anna' },
        viewer: { agentId: anna, role: 'agent' },
      });
      app.clock.pass(999);
      expect(await reads(() => cache.find(token), app)).toBe(0);
      app.clock.pass(1);
      expect(await reads(() => cache.find(token), app)).toBe(1);
    });

    test('forgets at once what this process changes', async () => {
      const { token } = await entered();
      const cache = createSessionCache(app);
      const viewer = async () => (await cache.find(token))?.viewer;
      const before = await viewer();
      expect(before && can(before, 'tickets.reply')).toBe(true);
      await changeRole(app, { key: 'agent', permissions: ['tickets.read'], actor: system });
      const after = await viewer();
      expect(after && can(after, 'tickets.reply')).toBe(false);
      await changeAgent(app, { agentId: anna, role: 'observer', actor: system });
      expect((await viewer())?.role).toBe('observer');
      await disableAgent(app, { agentId: anna, actor: system });
      expect(await viewer()).toBeUndefined();
    });

    test('notices after a second what another process changed', async () => {
      const { token, sessionId } = await entered();
      const cache = createSessionCache(app);
      await cache.find(token);
      const elsewhere = app.database.writer;
      await elsewhere('roles').where({ key: 'agent' }).update({ permissions: '["contacts.read"]' });
      app.clock.pass(1000);
      const found = await cache.find(token);
      expect(found && can(found.viewer, 'tickets.read')).toBe(false);
      await elsewhere('sessions').where({ id: sessionId }).delete();
      app.clock.pass(1000);
      expect(await cache.find(token)).toBeNull();
    });

    test('keeps no made-up tokens and no more than it may', async () => {
      const cache = createSessionCache(app, { most: 2 });
      for (let i = 10; i < 20; i++) expect(await cache.find(`AAAAAAAAAAAAAAAAAAAA${i}`)).toBeNull();
      expect(cache.size).toBe(0);
      for (let i = 0; i < 4; i++) await cache.find((await entered()).token);
      expect(cache.size).toBe(2);
    });

    test('puts the end of a session off by pages, not by open streams', async () => {
      const { token } = await entered();
      const cache = createSessionCache(app);
      const ends = async () => (await findSession(app.db, token, app.now()))?.expiresAt;
      const first = await ends();
      app.clock.pass(MINUTE);
      await cache.find(token, { touch: false });
      await app.signals.settled();
      expect(await ends()).toBe(first);
      await cache.find(token);
      await app.signals.settled();
      expect(await ends()).not.toBe(first);
    });
  });
});
