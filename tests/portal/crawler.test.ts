import { startViewAs } from '@helpdesk/core';
import { signInVisitor, testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askPortal, nameOf } from './ask-portal.js';
import { belongingsOf } from './belongings.js';
import {
  addressOf,
  areAlike,
  crawl,
  fieldsOf,
  leaksIn,
  paramsOf,
  routesOf,
  sampleOf,
  thingIn,
} from './crawl.js';
import { goneOf, nonsense, samples, spell, unknownOf } from './samples.js';
import { makeTwoCustomers, type World } from './two-customers.js';

const asked = (beta: number, boris: number) =>
  `?q=Subject&text=Subject&search=Subject&of=organization&scope=organization&tab=organization&state=all&page=2&before=99999` +
  `&organization=${beta}&organizationId=${beta}&contact=${boris}&contactId=${boris}&membershipId=${boris}`;

const pairs = [
  ['anna', 'boris'],
  ['dora', 'boris'],
  ['boris', 'anna'],
  ['colin', 'anna'],
  ['anna', 'dora'],
  ['nobody', 'anna'],
] as const;

describe.each(testEngines)('the pages of customers on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await makeTwoCustomers(engine);
  });
  afterAll(() => world.close());

  it('knows what to try on every route: a new one is added to samples.ts', () => {
    const routes = routesOf(world);
    const missing = routes
      .filter((route) => paramsOf(route).length > 0 || route.method === 'POST')
      .filter(
        (route) => !samples[route.path] || paramsOf(route).some((name) => !sampleOf(route).params?.[name]),
      )
      .map((route) => `${nameOf(route)}: say in tests/portal/samples.ts what its address and its form hold`);
    expect(missing).toEqual([]);
    const known = routes.map(({ path }) => path);
    expect(Object.keys(samples).filter((path) => !known.includes(path))).toEqual([]);
  });

  describe.each(engine === 'sqlite' ? pairs : pairs.slice(0, 2))(
    '%s, who tries what is of %s',
    (who, whose) => {
      it('is answered as if it did not exist, reads nothing of it and changes nothing', async () => {
        const of = world[whose];
        const before = await belongingsOf(world.desk.app, of.contactId);
        const wrong: string[] = [];
        for (const route of routesOf(world)) {
          const say = (what: string) => void wrong.push(`${nameOf(route)}: ${what}`);
          const thing = thingIn(route);
          const value = spell(thing, of);
          const answer = await crawl(world, route, { who, of, value });
          for (const mark of leaksIn(world, who, answer)) say(`shows ${mark}`);
          if (answer.status >= 500) say(`fails with ${answer.status}`);
          if (who === 'nobody' && route.access.kind === 'visitor' && answer.status !== 303)
            say(`lets nobody in with ${answer.status}`);
          if (!thing) continue;
          if (who !== 'nobody' && route.method === 'GET' && answer.status !== 404)
            say(`answers ${answer.status}`);
          for (const other of [unknownOf[thing], goneOf(world, thing)]) {
            const unknown = await crawl(world, route, { who, of, value: other });
            if (!areAlike([answer, value], [unknown, other]))
              say(`tells a foreign id from an unknown one (${answer.status}, ${unknown.status})`);
          }
        }
        expect(wrong).toEqual([]);
        expect(await belongingsOf(world.desk.app, of.contactId)).toEqual(before);
      });
    },
  );

  it('answers 404, and never fails, to what is no id', async () => {
    const wrong: string[] = [];
    for (const route of routesOf(world)) {
      if (!thingIn(route)) continue;
      for (const value of nonsense) {
        const { status } = await crawl(world, route, { who: 'anna', of: world.anna, value });
        const isRefused = status === 404 || status === 400 || (route.method === 'POST' && status === 303);
        if (!isRefused) wrong.push(`${nameOf(route)}: ${value} answers ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  describe.each(['anna', 'colin', 'dora', 'nobody'] as const)('%s, who asks lists and searches', (who) => {
    it('reads nothing of others, whatever the address asks for', async () => {
      const { organizationId, contactId } = world.boris;
      const wrong: string[] = [];
      for (const route of routesOf(world)) {
        if (route.method !== 'GET' || thingIn(route)) continue;
        const query = asked(organizationId, contactId);
        const answer = await crawl(world, route, { who, of: world.boris, query });
        for (const mark of leaksIn(world, who, answer)) wrong.push(`${nameOf(route)}: shows ${mark}`);
        if (answer.status >= 500) wrong.push(`${nameOf(route)}: ${answer.status}`);
      }
      expect(wrong).toEqual([]);
    });
  });

  const newestEvent = () => world.desk.app.db('events').max<{ id: number }[]>({ id: 'id' });

  it('takes no form that comes from another site', async () => {
    const wrong: string[] = [];
    for (const route of routesOf(world)) {
      if (route.method !== 'POST') continue;
      const thing = thingIn(route);
      const value = spell(thing, world.anna);
      const cookie = await signInVisitor(world.desk, world.anna.contactId);
      const before = await newestEvent();
      const headers = { 'sec-fetch-site': 'cross-site' };
      const answer = await askPortal(world, {
        method: 'POST',
        path: addressOf(route, value),
        cookie,
        headers,
      });
      if (answer.status !== 403) wrong.push(`${nameOf(route)}: ${answer.status}`);
      expect(await newestEvent(), nameOf(route)).toEqual(before);
    }
    expect(wrong).toEqual([]);
  });

  it('shows an agent who looks as a customer what that customer sees, and lets them change nothing', async () => {
    const { desk, anna } = world;
    const looks = {
      contactId: anna.contactId,
      agent: { id: desk.owner.id },
      ip: '127.0.0.1',
      device: 'test',
    };
    const { token } = await startViewAs(desk.app, looks);
    const cookie = `hdp=${token}`;
    const before = await belongingsOf(desk.app, anna.contactId);
    const wrong: string[] = [];
    for (const route of routesOf(world)) {
      if (route.how?.whileViewing) continue;
      const { method } = route;
      const thing = thingIn(route);
      const path = addressOf(route, spell(thing, anna));
      const fields = method === 'POST' ? { fields: await fieldsOf(world, route, anna) } : {};
      const answer = await askPortal(world, { method, path, cookie, ...fields });
      for (const mark of leaksIn(world, 'anna', answer)) wrong.push(`${nameOf(route)}: shows ${mark}`);
      if (method === 'POST' && answer.status !== 403)
        wrong.push(`${nameOf(route)}: takes it, ${answer.status}`);
      if (method === 'GET' && answer.status === 403) wrong.push(`${nameOf(route)}: is refused`);
    }
    expect(wrong).toEqual([]);
    expect(await belongingsOf(desk.app, anna.contactId)).toEqual(before);
  });

  it('gives everybody what is their own', async () => {
    const wrong: string[] = [];
    for (const [who, whose] of [
      ['anna', 'anna'],
      ['colin', 'colin'],
      ['dora', 'anna'],
      ['dora', 'dora'],
      ['boris', 'boris'],
    ] as const) {
      const of = world[whose];
      for (const route of routesOf(world)) {
        const thing = thingIn(route);
        if (route.method !== 'GET' || !thing || thing === 'article') continue;
        const answer = await crawl(world, route, { who, of, value: spell(thing, of) });
        const mark = of.marks[0] ?? '';
        if (answer.status !== 200 || !answer.body.includes(mark))
          wrong.push(`${nameOf(route)}: ${who} does not read what is of ${whose} (${answer.status})`);
        for (const leak of leaksIn(world, who, answer))
          wrong.push(`${nameOf(route)}: shows ${leak} to ${who}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets a director read what colleagues wrote, and change nothing of it', async () => {
    const { anna } = world;
    const before = await belongingsOf(world.desk.app, anna.contactId);
    const wrong: string[] = [];
    for (const route of routesOf(world)) {
      if (route.method !== 'POST') continue;
      const thing = thingIn(route);
      const { status } = await crawl(world, route, { who: 'dora', of: anna, value: spell(thing, anna) });
      if (thing && status !== 404) wrong.push(`${nameOf(route)}: ${status}`);
    }
    expect(wrong).toEqual([]);
    expect(await belongingsOf(world.desk.app, anna.contactId)).toEqual(before);
  });

  it('shows no file of the team to the customer whose ticket it is in', async () => {
    const { anna, secretKeys } = world;
    for (const route of routesOf(world)) {
      if (thingIn(route) !== 'file') continue;
      for (const value of [anna.fileKey, ...secretKeys]) {
        const { status } = await crawl(world, route, { who: 'anna', of: anna, value });
        expect(status, `${nameOf(route)} ${value}`).toBe(value === anna.fileKey ? 200 : 404);
      }
    }
  });

  // Last, since it changes what is there.
  it('never fails when somebody sends their own forms', async () => {
    const wrong: string[] = [];
    for (const who of ['anna', 'dora', 'boris'] as const)
      for (const route of routesOf(world)) {
        if (route.method !== 'POST') continue;
        const of = world[who];
        const thing = thingIn(route);
        const value = spell(thing, of);
        const answer = await crawl(world, route, { who, of, value });
        if (answer.status >= 500) wrong.push(`${nameOf(route)}: ${answer.status}`);
        for (const mark of leaksIn(world, who, answer)) wrong.push(`${nameOf(route)}: shows ${mark}`);
      }
    expect(wrong).toEqual([]);
  });
});
