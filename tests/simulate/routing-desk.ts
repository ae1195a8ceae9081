import {
  addAgent,
  createContact,
  createTeam,
  openTicket,
  signIn,
  type Actor,
  type HostApp,
  type Priority,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk, type TestDeskOptions } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { routing } from '@helpdesk/plugin-routing';

export const system: Actor = { kind: 'system', id: 'test', door: 'test' };
const LATE = 'did not load';
const password = 'correct horse battery';

/** A desk with the workspace and routing, and what its tests do again and again. */
export async function startRoutingDesk(
  options: Omit<TestDeskOptions, 'config'> & { database?: string } = {},
) {
  const { database, ...rest } = options;
  const plugins = [workspace(), routing({}, { enabled: true })];
  const config = { plugins, ...(database === undefined ? {} : { database }) };
  const desk = await startTestDesk({ ...rest, config });
  return { desk, ...toolsOf(desk) };
}

export type RoutingDesk = Awaited<ReturnType<typeof startRoutingDesk>>;

function toolsOf(desk: TestDesk) {
  const { app } = desk;
  let count = 0;
  return {
    team: (name: string) => makeTeam(app, name),
    person: (name: string, more: Partial<Parameters<typeof addAgent>[1]> = {}) => makePerson(app, name, more),
    contact: (name = 'Carla') => createContact(app, { name, identities: [], actor: system }),
    async ticket(more: Partial<Parameters<typeof openTicket>[1]> = {}) {
      count += 1;
      const contactId =
        more.contactId ?? (await createContact(app, { name: 'Carla', identities: [], actor: system }));
      const opened = await openTicket(app, {
        contactId,
        lineId: 1,
        subject: `Pipes ${count}`,
        text: 'Where are they?',
        agentId: desk.owner.id,
        first: { kind: 'heard', channel: 'phone' },
        priority: 2 as Priority,
        actor: system,
        ...more,
      });
      return opened.ticketId;
    },
    visit: (person: { email: string; password: string }) => visit(desk, person),
  };
}

async function makeTeam(app: HostApp, name: string): Promise<number> {
  const made = await createTeam(app, { name, actor: system });
  if (!made.ok) throw new Error(made.because);
  return made.teamId;
}

async function makePerson(app: HostApp, name: string, more: Partial<Parameters<typeof addAgent>[1]>) {
  const email = `${name.toLowerCase()}@helpdesk.example`;
  const made = await addAgent(app, { name, email, password, role: 'agent', actor: system, ...more });
  if (!made.ok) throw new Error(made.because);
  return { id: made.agent.id, name, email, password };
}

/** A browser of somebody who is signed in; follows no redirect. */
async function visit(desk: TestDesk, account: { email: string; password: string }) {
  const session = await signIn(desk.app, { ...account, ip: '127.0.0.1', device: 'test' });
  if (!session.ok) throw new Error(session.because);
  const ask = (path: string, more: RequestInit = {}) =>
    fetch(new URL(path, desk.url), {
      redirect: 'manual',
      headers: { cookie: `hd=${session.token}`, accept: 'text/html', 'sec-fetch-site': 'same-origin' },
      ...more,
    });
  return {
    token: session.token,
    get: (path: string) => ask(path),
    // Panels have 150 ms: on a busy machine a reader presses "retry", as the page says.
    async text(path: string) {
      let page = '';
      for (let tries = 0; tries < 20; tries += 1) {
        page = await (await ask(path)).text();
        if (!page.includes(LATE)) break;
      }
      return page;
    },
    post: (path: string, fields: Readonly<Record<string, string>> = {}) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
  };
}
