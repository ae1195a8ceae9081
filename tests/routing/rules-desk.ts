import {
  addAgent,
  addIdentity,
  createContact,
  createOrganization,
  openTicket,
  receiveMessage,
  signIn,
  type Engine,
  type HelpdeskConfig,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import request, { type Test } from 'supertest';
import { Definition } from '../../plugins/routing/rules/definition.js';
import { switchRule } from '../../plugins/routing/rules/change-rule.js';
import { saveRule } from '../../plugins/routing/rules/save-rule.js';
import { listMisses } from '../../plugins/routing/run/misses.js';
import type { RuleRun } from '../../plugins/routing/run/trace.js';
import { routing } from '@helpdesk/plugin-routing';

type Plugins = NonNullable<HelpdeskConfig['plugins']>;
type Given = Partial<Definition> & { on?: string };
export const system = { kind: 'system', id: 'test', door: 'test' } as const;

/** A desk with this plugin and what tests do with it; for tests. */
export interface RulesDesk {
  readonly desk: TestDesk;
  /** Stores a rule and switches it on. */
  rule(given: Given): Promise<number>;
  contact(name: string, email?: string): Promise<number>;
  organization(name: string): Promise<number>;
  /** Opens a ticket by hand. */
  open(fields?: { contactId?: number; subject?: string; text?: string; lineId?: number }): Promise<number>;
  /** A letter comes in. */
  receive(fields: {
    ticketId?: number;
    contactId: number;
    text?: string;
    auto?: 'auto' | 'bounce' | 'list' | null;
    from?: string;
    accountId?: number;
    channel?: string;
  }): Promise<number>;
  traces(ticketId: number): Promise<{ ruleId: number; outcome: string; trigger: string; detail: string }[]>;
  /** The rules that did not hold. */
  misses(ticketId: number): Promise<RuleRun[]>;
  visit(role?: string): Promise<Visitor>;
}
export interface Visitor {
  get(path: string): Test;
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Test;
}

export async function startRulesDesk(
  engine: Engine,
  plugins: Plugins = [],
  { isOff = false, ...more }: { language?: 'ru' | 'en'; isOff?: boolean } = {},
): Promise<RulesDesk> {
  const all = [...plugins, routing({}, isOff ? {} : { enabled: true })];
  const desk = await startTestDesk({ engine, config: { plugins: all }, ...more });
  await desk.drain();
  const { app } = desk;
  let count = 0;
  const contact = async (name: string, email?: string) => {
    const contactId = await createContact(app, { name, identities: [], actor: system });
    if (email) await addIdentity(app, { contactId, kind: 'email', value: email, actor: system });
    return contactId;
  };
  return {
    desk,
    contact,
    organization: (name) => createOrganization(app, { name, actor: system }),
    async rule({ on, ...given }) {
      const definition = Definition.parse({
        name: 'A rule',
        triggers: [{ on: on ?? 'opened' }],
        conditions: { match: 'all', groups: [] },
        actions: [{ kind: 'tag', tag: 'seen' }],
        stop: false,
        ...given,
      });
      const { ruleId } = await saveRule(app, { definition, actor: system });
      await switchRule(app, { ruleId, isOn: true, actor: system });
      return ruleId;
    },
    async open({ contactId, subject = 'Boiler', text = 'Please help', lineId = 1 } = {}) {
      const opened = await openTicket(app, {
        contactId: contactId ?? (await contact('Ann')),
        lineId,
        subject,
        text,
        agentId: desk.owner.id,
        first: { kind: 'heard', channel: 'phone' },
        actor: system,
      });
      return opened.ticketId;
    },
    async receive({
      ticketId,
      contactId,
      text = 'It is cold',
      auto = null,
      from,
      accountId = 1,
      channel = 'email',
    }) {
      count += 1;
      const outcome = await receiveMessage(app, {
        account: { id: accountId, channel, lineId: 1 },
        from: { contactId },
        ticketId: ticketId ?? null,
        message: {
          externalId: `<${count}@client.example>`,
          fingerprint: `${count}`,
          writtenAt: null,
          subject: 'Boiler',
          text,
          quote: '',
          html: null,
          htmlVersion: null,
          participants: from ? { from: { name: '', kind: channel, value: from } } : {},
          attachments: [],
          auto,
          flags: [],
        },
        evidence: [],
      });
      return outcome.ticketId;
    },
    traces: (ticketId) =>
      app
        .db('routing_traces')
        .where({ ticketId })
        .orderBy('id')
        .select('ruleId', 'outcome', 'trigger', 'detail'),
    misses: async (ticketId) => (await listMisses(app.db, { ticketId, skip: 0, limit: 1000 })).misses,
    visit: (role = 'owner') => visitAs(desk, role),
  };
}

async function visitAs({ app, server, owner }: TestDesk, role: string): Promise<Visitor> {
  const person =
    role === 'owner' ? owner : { email: `${role}@helpdesk.example`, password: 'correct horse battery' };
  if (role !== 'owner') await addAgent(app, { ...person, name: `Some ${role}`, role, actor: system });
  const answer = await signIn(app, { ...person, ip: '127.0.0.1', device: 'test' });
  if (!answer.ok) throw new Error(answer.because);
  const cookie = `hd=${answer.token}`;
  return {
    get: (path) => request(server).get(path).set('Cookie', cookie).set('Accept', 'text/html'),
    post: (path, fields = {}) =>
      request(server)
        .post(path)
        .set('Cookie', cookie)
        .set('Accept', 'text/html')
        .set('Sec-Fetch-Site', 'same-origin')
        .type('form')
        .send(fields),
  };
}
