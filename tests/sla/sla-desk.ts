import {
  addAgent,
  createContact,
  receiveMessage,
  replyToTicket,
  signIn,
  type Engine,
  type HelpdeskConfig,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import request, { type Test } from 'supertest';
import { caseCalendars } from '../../plugins/sla/cases/case-calendars.js';
import { sla } from '../../plugins/sla/index.js';
import { emptyPolicy } from '../../plugins/sla/pages/policy-form.js';
import { currentRules } from '../../plugins/sla/rules/list-rules.js';
import type { Policy } from '../../plugins/sla/rules/policy.js';
import { saveRules } from '../../plugins/sla/rules/save-rules.js';

type Plugins = NonNullable<HelpdeskConfig['plugins']>;
export const system = { kind: 'system', id: 'test', door: 'test' } as const;

export interface Visitor {
  get(path: string): Test;
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Test;
}
/** A desk with this plugin, at ten o'clock of a Thursday in Moscow; for tests. */
export interface SlaDesk {
  readonly desk: TestDesk;
  /** Minutes for every priority; in the office hours of the worked cases. */
  policy(
    minutes: Partial<Policy['norms'][1]>,
    more?: Partial<Policy>,
    applies?: 'now' | 'beginning',
  ): Promise<void>;
  receive(fields?: { ticketId?: number; contactId?: number; auto?: 'auto' | null }): Promise<number>;
  reply(ticketId: number): Promise<void>;
  pass(minutes: number): Promise<void>;
  clocks(ticketId?: number): Promise<Record<string, unknown>[]>;
  visit(role?: string): Promise<Visitor>;
}

export async function startSlaDesk(engine: Engine, plugins: Plugins = []): Promise<SlaDesk> {
  const all = [...plugins, sla()];
  const now = new Date('2026-03-12T09:59:00+03:00');
  const desk = await startTestDesk({ engine, now, config: { plugins: all, timeZone: 'Europe/Moscow' } });
  const { app } = desk;
  // A migration keeps a copy that is named after the moment; plugins beside this one have made theirs.
  desk.clock.pass(60_000);
  await app.switchPlugin('sla', true, system);
  await desk.drain();
  let count = 0;
  return {
    desk,
    policy: (minutes, more = {}, applies = 'now') => savePolicy(desk, { minutes, more, applies }),
    async receive({ ticketId, contactId, auto = null } = {}) {
      count += 1;
      const from = contactId ?? (await createContact(app, { name: 'Ann', identities: [], actor: system }));
      const outcome = await receiveMessage(app, {
        account: { id: 1, channel: 'email', lineId: 1 },
        from: { contactId: from },
        ticketId: ticketId ?? null,
        message: {
          externalId: `<${count}@client.example>`,
          fingerprint: `${count}`,
          writtenAt: null,
          subject: 'Boiler',
          text: 'It is cold',
          quote: '',
          html: null,
          htmlVersion: null,
          participants: {},
          attachments: [],
          auto,
          flags: [],
        },
        evidence: [],
      });
      await desk.drain();
      return outcome.ticketId;
    },
    async reply(ticketId) {
      await replyToTicket(app, {
        ticketId,
        agentId: desk.owner.id,
        text: 'Turn it on',
        to: [{ name: 'Ann', kind: 'email', value: 'ann@client.example' }],
        account: { id: 1, channel: 'email' },
        freeze: () => ({ externalId: null }),
        then: 'stay',
        holdMs: 0,
        actor: { kind: 'agent', id: desk.owner.id },
      });
      await desk.drain();
    },
    async pass(minutes) {
      desk.clock.pass(minutes * 60_000);
      await desk.drain();
    },
    clocks: (ticketId) =>
      app
        .db('sla_clocks')
        .modify((query) => {
          if (ticketId !== undefined) void query.where({ ticketId });
        })
        .orderBy(['ticketId', 'kind', 'n'])
        .select(),
    visit: (role = 'owner') => visitAs(desk, role),
  };
}

/** One policy for all, in the office hours of the worked cases. */
export async function savePolicy(
  { app, drain }: TestDesk,
  {
    minutes,
    more = {},
    applies = 'now',
  }: { minutes: Partial<Policy['norms'][1]>; more?: Partial<Policy>; applies?: 'now' | 'beginning' },
): Promise<void> {
  const { version } = await currentRules(app.db);
  const norms = { first: null, next: null, solve: null, ...minutes };
  const policy = {
    ...emptyPolicy(1),
    name: 'Standard',
    calendarId: 1,
    norms: { 1: norms, 2: norms, 3: norms, 4: norms },
    ...more,
  };
  const rules = { policies: [policy], calendars: [caseCalendars.office] };
  const after = (trx: Parameters<Parameters<typeof saveRules>[1]['after']>[0]) =>
    app.jobs.enqueue(trx, 'sla.reckon', { which: applies === 'beginning' ? 'all' : 'open' });
  await saveRules(app, { rules, applies, expectedVersion: version, actor: system, after });
  await drain();
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
