import {
  addAccount,
  addAgent,
  addMembership,
  answerTicket,
  createContact,
  createOrganization,
  type Actor,
  type Engine,
  type Plugin,
} from '@helpdesk/core';
import { signInVisitor, startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { portal } from '../../plugins/portal/index.js';
import { makePost } from '../surveys/post-plugin.js';

export const system: Actor = { kind: 'system', id: 'test', door: 'test' };

export type Fields = Readonly<Record<string, string | readonly string[] | File>>;

/** A browser of a customer. It follows no redirect. */
export interface Browsing {
  readonly cookie: string;
  get(path: string): Promise<Response>;
  post(path: string, fields?: Fields): Promise<Response>;
}

/** A desk with the portal and letters that go nowhere, and what tests do with it. */
export async function startPortalDesk(
  engine: Engine = 'sqlite',
  language: 'ru' | 'en' = 'en',
  more: readonly Plugin[] = [],
) {
  const post = await makePost();
  const plugins = [workspace(), post.plugin, portal({}, { enabled: true }), ...more];
  const desk = await startTestDesk({ engine, language, config: { plugins } });
  await desk.drain();
  const mailbox = { channel: 'mail', lineId: 1, name: 'Support', address: 'help@mail.example', config: {} };
  const accountId = await addAccount(desk.app, { ...mailbox, actor: system });
  return {
    desk,
    post,
    accountId,
    ...toolsOf(desk),
    async close() {
      await desk.close();
      await post.close();
    },
  };
}
export type PortalDesk = Awaited<ReturnType<typeof startPortalDesk>>;

function toolsOf(desk: TestDesk) {
  const { app } = desk;
  return {
    contact(name: string): Promise<number> {
      const identities = [{ kind: 'email', value: `${name.toLowerCase()}@client.example` }];
      return createContact(app, { name, identities, actor: system });
    },
    /** A role in an organization of that name, made when there is none. */
    async hat(contactId: number, organizationId: number | string, role = 'employee'): Promise<number> {
      const id =
        typeof organizationId === 'number'
          ? organizationId
          : await createOrganization(app, { name: organizationId, actor: system });
      return addMembership(app, { contactId, organizationId: id, role, actor: system });
    },
    /** An agent's answer to whoever wrote last. */
    async answer(ticketId: number, text: string): Promise<void> {
      const last: { participants: string } = await app
        .db('messages')
        .where({ ticketId, kind: 'incoming' })
        .orderBy('id', 'desc')
        .first('participants');
      const { from } = JSON.parse(last.participants) as {
        from: { name: string; kind: string; value: string };
      };
      const agentId = desk.owner.id;
      await answerTicket(app, { ticketId, agentId, text, to: [from], actor: { kind: 'agent', id: agentId } });
      desk.clock.pass(60_000);
      await desk.drain();
    },
    async agent(name: string, role: string) {
      const email = `${name.toLowerCase()}@helpdesk.example`;
      const password = 'correct horse battery';
      const made = await addAgent(app, { name, email, password, role, actor: system });
      if (!made.ok) throw new Error(made.because);
      return { id: made.agent.id, email, password };
    },
    ticket: (number: number) => app.db('tickets').where({ number }).first(),
    /** Somebody who is not signed in, or the contact with that id or address. */
    async visit(who?: number | string): Promise<Browsing> {
      return browse(desk, who === undefined ? '' : await signInVisitor(desk, who));
    },
  };
}

/** A browser with these cookies. */
export function browse(desk: TestDesk, cookie: string): Browsing {
  const headers = { cookie, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  const ask = (path: string, more: RequestInit) =>
    fetch(new URL(path, desk.url), { redirect: 'manual', headers, ...more });
  return {
    cookie,
    get: (path) => ask(path, {}),
    post(path, fields = {}) {
      const pairs = Object.entries(fields).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((one: string | File) => [name, one] as const),
      );
      if (!pairs.some(([, value]) => value instanceof File))
        return ask(path, { method: 'POST', body: new URLSearchParams(pairs as [string, string][]) });
      const body = new FormData();
      for (const [name, value] of pairs) body.append(name, value);
      return ask(path, { method: 'POST', body });
    },
  };
}

/** Where an answer leads to, without its host. */
export const leadsTo = (answer: Response): string => answer.headers.get('location') ?? '';

/** The number of the request that an answer leads to. */
export const numberIn = (answer: Response): number =>
  Number(/^\/requests\/(\d+)/.exec(leadsTo(answer))?.[1] ?? Number.NaN);
