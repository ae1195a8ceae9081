import { addAgent, change, createTeam, type Actor, type HostApp } from '@helpdesk/core';
import type { TestDesk } from '@helpdesk/core/testing';
import type { Cast } from '../../cli/demo/tell/cast.js';
import { savePerson } from '../../plugins/routing/assign/save-person.js';
import { switchRule } from '../../plugins/routing/rules/change-rule.js';
import type { Definition } from '../../plugins/routing/rules/definition.js';
import { saveRule } from '../../plugins/routing/rules/save-rule.js';
import { putInSegment } from '../../plugins/routing/segments/put-in-segment.js';
import { setTiers } from '../../plugins/routing/tiers/set-tiers.js';
import { readHours } from '../../plugins/sla/calendar/hours-text.js';
import { emptyPolicy } from '../../plugins/sla/pages/policy-form.js';
import { currentRules } from '../../plugins/sla/rules/list-rules.js';
import type { Policy } from '../../plugins/sla/rules/policy.js';
import { saveRules } from '../../plugins/sla/rules/save-rules.js';

export const actor: Actor = { kind: 'system', id: 'screenshots', door: 'test' };

/** A team of the second tier. @returns its id and who works in it */
export async function addEngineers(app: HostApp): Promise<{ teamId: number; agentId: number }> {
  const made = await createTeam(app, { name: 'Engineers', actor });
  if (!made.ok) throw new Error(made.because);
  const { teamId } = made;
  const person = { name: 'Victor Stone', email: 'v.stone@warm-house.example', role: 'agent' };
  const added = await addAgent(app, {
    ...person,
    password: 'correct horse battery',
    teamIds: [teamId],
    actor,
  });
  if (!added.ok) throw new Error(added.because);
  await setTiers(app, { tiers: new Map([[teamId, 2]]), actor });
  return { teamId, agentId: added.agent.id };
}

/** Segments, rules, people’s limits and norms, as an owner sets them up. */
export async function setUpRules(desk: TestDesk, cast: Pick<Cast, 'teams' | 'lines' | 'agents'>) {
  const { app } = desk;
  const id = (of: ReadonlyMap<string, number>, key: string) => of.get(key) ?? 0;
  const service = id(cast.teams, 'service');
  const [engineer, planner] = [id(cast.agents, 'engineer'), id(cast.agents, 'planner')];
  const absence = { awayFrom: '2026-03-09', awayUntil: '2026-03-20', deputyId: engineer };
  await savePerson(app, { agentId: engineer, loadLimit: 20, skills: ['boiler', 'breakdown'], actor });
  await savePerson(app, { agentId: planner, loadLimit: 12, skills: ['installation'], ...absence, actor });
  const segments = await fillSegments(app);
  const returns = id(cast.teams, 'returns');
  const lines = [...new Set([...cast.lines.values()].map(({ lineId }) => String(lineId)))];
  await addRule(app, boilers({ service, lines: lines.slice(0, 1) }));
  await addRule(app, {
    name: 'Partners and key customers to their own manager',
    triggers: [{ on: 'opened' }],
    conditions: one(
      'contact.segment',
      'in',
      ['VIP', 'A'].map((mark) => String(segments.get(mark))),
    ),
    actions: [{ kind: 'assign', strategy: 'manager', teamId: null }],
    stop: true,
  });
  await addRule(app, {
    name: 'Returns to the team of returns',
    triggers: [{ on: 'opened' }],
    conditions: one('ticket.subject', 'contains', ['return', 'refund', 'exchange']),
    actions: [
      { kind: 'team', teamId: returns },
      { kind: 'assign', strategy: 'load', teamId: returns },
    ],
    stop: false,
  });
  await addRule(app, {
    name: 'Nobody has answered for two days',
    triggers: [{ on: 'unanswered', minutes: 2880 }],
    conditions: { match: 'all', groups: [] },
    actions: [
      { kind: 'priority', priority: 3 },
      { kind: 'tag', tag: 'waiting long' },
    ],
    stop: false,
  });
  await setNorms(
    desk,
    ['VIP', 'A'].map((mark) => segments.get(mark) ?? 0),
  );
}

type Group = Definition['conditions']['groups'][number]['conditions'][number];
const one = (field: string, op: Group['op'], values: string[]): Definition['conditions'] => ({
  match: 'all',
  groups: [{ match: 'all', conditions: [{ field, op, values }] }],
});

const boilers = ({ service, lines }: { service: number; lines: string[] }): Definition => ({
  name: 'Boilers go to Service and fitting',
  triggers: [{ on: 'opened' }],
  conditions: {
    match: 'all',
    groups: [
      {
        match: 'any',
        conditions: [
          { field: 'ticket.subject', op: 'contains', values: ['boiler', 'no heating'] },
          { field: 'message.text', op: 'contains', values: ['error code'] },
        ],
      },
      { match: 'all', conditions: [{ field: 'ticket.line', op: 'in', values: lines }] },
    ],
  },
  actions: [
    { kind: 'priority', priority: 3 },
    { kind: 'tag', tag: 'boiler' },
    { kind: 'team', teamId: service },
    { kind: 'assign', strategy: 'load', teamId: service },
  ],
  stop: true,
});

async function addRule(app: HostApp, definition: Definition): Promise<void> {
  const { ruleId } = await saveRule(app, { definition, actor });
  await switchRule(app, { ruleId, isOn: true, actor });
}

/** Those who write for an organization in A and B, others in C and D. @returns ids by mark */
async function fillSegments(app: HostApp): Promise<ReadonlyMap<string, number>> {
  const rows: { id: number; mark: string }[] = await app.db('routing_segments').select('id', 'mark');
  const ids = new Map(rows.map(({ id, mark }) => [mark, id]));
  const people: { id: number; isOfWork: unknown }[] = await app
    .db('contacts')
    .leftJoin('memberships', (on) =>
      on.on('memberships.contactId', 'contacts.id').andOnNotNull('memberships.organizationId'),
    )
    .groupBy('contacts.id')
    .orderBy('contacts.id')
    .select('contacts.id')
    .max('memberships.id as isOfWork');
  await change(app, async (step) => {
    for (const { id: contactId, isOfWork } of people) {
      const mark = isOfWork === null ? (contactId % 3 === 0 ? 'C' : 'D') : contactId % 2 === 0 ? 'A' : 'B';
      const segmentId = ids.get(mark) ?? null;
      await putInSegment(step, { contactId, segmentId, source: 'import', actor });
    }
  });
  return ids;
}

const hours = (first: number, next: number, solve: number) => ({
  first: first * 60,
  next: next * 60,
  solve: solve * 60,
});

async function setNorms({ app, drain }: TestDesk, segments: number[]): Promise<void> {
  const { version } = await currentRules(app.db);
  const policy = (id: number, more: Pick<Policy, 'name' | 'norms'>): Policy => ({
    ...emptyPolicy(id),
    calendarId: 1,
    ...more,
  });
  const key = policy(1, {
    name: 'Key customers',
    norms: { 4: hours(1, 2, 8), 3: hours(2, 4, 16), 2: hours(4, 8, 24), 1: hours(4, 8, 40) },
  });
  const everybody = policy(2, {
    name: 'Everybody',
    norms: { 4: hours(2, 4, 16), 3: hours(4, 8, 24), 2: hours(8, 16, 40), 1: hours(9, 18, 60) },
  });
  const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, hours: readHours('09:00-18:00') ?? [] }));
  const calendar = { id: 1, name: 'Mon–Fri 9–18', zone: 'Europe/London', weekly, holidays: [] };
  const policies = [{ ...key, conditions: { ...key.conditions, segments } }, everybody];
  await saveRules(app, {
    rules: { policies, calendars: [calendar] },
    applies: 'beginning',
    expectedVersion: version,
    actor,
    after: (trx) => app.jobs.enqueue(trx, 'sla.reckon', { which: 'all' }),
  });
  await drain();
}
