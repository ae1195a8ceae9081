import { addAgent, can, findViewer, signIn, type Route, type Viewer } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { desk as deskPlugin } from './index.js';

const builtins = ['observer', 'agent', 'supervisor', 'administrator'] as const;
type Who = 'anonymous' | (typeof builtins)[number];

let desk: TestDesk;
const people = new Map<Who, { token: string; viewer: Viewer }>();

beforeAll(async () => {
  desk = await startTestDesk({ config: { plugins: [deskPlugin()] } });
  for (const role of builtins) people.set(role, await addPerson(role));
});
afterAll(() => desk.close());

async function addPerson(role: string): Promise<{ token: string; viewer: Viewer }> {
  const actor = { kind: 'system', id: 'test', door: 'test' } as const;
  const account = { email: `${role}@helpdesk.example`, password: 'quiet green harbour' };
  const added = await addAgent(desk.app, { ...account, name: 'Person', role, actor });
  if (!added.ok) throw new Error(added.because);
  const entered = await signIn(desk.app, { ...account, ip: '127.0.0.1', device: 'test' });
  if (!entered.ok) throw new Error(entered.because);
  const viewer = await findViewer(desk.app.db, added.agent.id);
  if (!viewer) throw new Error(`${role} cannot be seen`);
  return { token: entered.token, viewer };
}

/** Asks for a route with ids that belong to nobody; a POST carries no sign that it comes from a page of this site. */
async function ask(route: Route, who: Who): Promise<{ status: number; location: string; body: string }> {
  const path = route.path.replaceAll(/:\w+/g, '987654321');
  const token = people.get(who)?.token;
  const answer = await fetch(desk.url + path, {
    method: route.method,
    redirect: 'manual',
    // A stream of events stays open; its first line says enough.
    signal: AbortSignal.timeout(20_000),
    headers: { Accept: 'text/html', ...(token ? { Cookie: `hd=${token}` } : {}) },
  });
  const isStream = (answer.headers.get('content-type') ?? '').startsWith('text/event-stream');
  const body = isStream ? '' : await answer.text();
  if (isStream) await answer.body?.cancel();
  return { status: answer.status, location: answer.headers.get('location') ?? '', body };
}

const routesOfDesk = () => desk.app.routes().filter(({ surface }) => surface === 'desk');
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const isLive = ({ path }: Route) => path.endsWith('/live');

/** What an answer must be before a handler has any say; null leaves it to the handler. */
function expected(route: Route, who: Who): number | null {
  const { access } = route;
  if (access.kind === 'open') return null;
  const viewer = people.get(who)?.viewer;
  if (!viewer) return isLive(route) ? 401 : 303;
  if (access.kind === 'permission' && !can(viewer, access.permission)) return 403;
  return null;
}

it('has pages for everybody to check', () => {
  expect(routesOfDesk().length).toBeGreaterThan(10);
});

for (const who of ['anonymous', ...builtins] as const)
  it(`lets ${who} through where the route's permission says so, and nowhere else`, async () => {
    const wrong: string[] = [];
    for (const route of routesOfDesk()) {
      const { status, location } = await ask(route, who);
      const must = expected(route, who);
      if (must !== null && status !== must) wrong.push(`${nameOf(route)}: ${status} instead of ${must}`);
      if (must === 303 && !location.startsWith('/desk/sign-in?next='))
        wrong.push(`${nameOf(route)}: ${location}`);
      if (must === null && route.method === 'GET' && status === 403) wrong.push(`${nameOf(route)}: refused`);
      if (must === null && status >= 500) wrong.push(`${nameOf(route)}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

it('answers 404, and never fails, to ids of nobody', async () => {
  const wrong: string[] = [];
  for (const route of routesOfDesk()) {
    if (route.method !== 'GET' || route.access.kind === 'open' || !route.path.includes(':')) continue;
    const { status } = await ask(route, 'administrator');
    // A row that left the list is no page: the script is told that there is nothing to show.
    const nothing = route.path.startsWith('/desk/inbox/rows/') ? 204 : 404;
    if (status !== nothing) wrong.push(`${nameOf(route)}: ${status}`);
  }
  expect(wrong).toEqual([]);
});

it('changes nothing for a form that comes from another site', async () => {
  const before = await desk.app.db('events').max<{ id: number }[]>({ id: 'id' });
  const wrong: string[] = [];
  for (const route of routesOfDesk()) {
    if (route.method === 'GET' || route.access.kind === 'open') continue;
    const { status } = await ask(route, 'administrator');
    if (status !== 403) wrong.push(`${nameOf(route)}: ${status}`);
  }
  expect(wrong).toEqual([]);
  expect(await desk.app.db('events').max<{ id: number }[]>({ id: 'id' })).toEqual(before);
});
