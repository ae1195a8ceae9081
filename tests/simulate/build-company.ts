import { addAgent, change, createContact, createTeam, type Actor, type HostApp } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { routing } from '@helpdesk/plugin-routing';
import { savePerson } from '../../plugins/routing/assign/save-person.js';
import { setManager } from '../../plugins/routing/assign/set-manager.js';
import { switchRule } from '../../plugins/routing/rules/change-rule.js';
import type { Definition } from '../../plugins/routing/rules/definition.js';
import { saveRule } from '../../plugins/routing/rules/save-rule.js';
import { putInSegment } from '../../plugins/routing/segments/put-in-segment.js';
import { saveSegment } from '../../plugins/routing/segments/save-segment.js';
import { setTiers } from '../../plugins/routing/tiers/set-tiers.js';
import { company, groups, type GroupKey } from './company.js';

export const actor: Actor = { kind: 'system', id: 'simulate', door: 'test' };

export interface Built {
  readonly desk: TestDesk;
  readonly managers: readonly number[];
  readonly centre: readonly number[];
  readonly managersTeam: number;
  readonly centreTeam: number;
  /** The contacts of each group. */
  readonly clients: ReadonlyMap<GroupKey, readonly number[]>;
}

export type Mode = 'before' | 'after';

/** A desk on a new SQLite database with the people, customers, segments and rules of one way to work. */
export async function buildCompany(mode: Mode, now: Date): Promise<Built> {
  const desk = await startTestDesk({ config: { plugins: [routing({}, { enabled: true })] }, now });
  const { app } = desk;
  // A throwaway database need not survive a loss of power.
  await app.database.writer.raw('pragma synchronous = off');
  const [managersTeam, centreTeam] = [await team(app, 'Managers'), await team(app, 'Contact centre')];
  await setTiers(app, { tiers: new Map([[managersTeam, 2]]), actor });
  const managers = await people(app, { team: managersTeam, name: 'Manager', howMany: company.managers });
  const centre = await people(app, { team: centreTeam, name: 'Operator', howMany: company.centre });
  for (const [i, agentId] of managers.entries())
    await savePerson(app, { agentId, deputyId: managers[(i + 1) % managers.length] ?? null, actor });
  for (const agentId of centre) await savePerson(app, { agentId, loadLimit: company.centreLimit, actor });
  const segments = new Map<GroupKey, number>();
  for (const { key, name } of groups)
    if (key !== 'new')
      segments.set(
        key,
        await saveSegment(app, { mark: key, name, teamId: null, managerId: null, rule: null, actor }),
      );
  const clients = await addClients(app, { managers, segments });
  const built = { desk, managers, centre, managersTeam, centreTeam, clients };
  const rules = mode === 'before' ? rulesBefore(built, segments) : rulesAfter(built, segments);
  for (const definition of rules) {
    const { ruleId } = await saveRule(app, { definition, actor });
    await switchRule(app, { ruleId, isOn: true, actor });
  }
  return built;
}

async function team(app: HostApp, name: string): Promise<number> {
  const made = await createTeam(app, { name, actor });
  if (!made.ok) throw new Error(made.because);
  return made.teamId;
}

async function people(
  app: HostApp,
  { team: teamId, name, howMany }: { team: number; name: string; howMany: number },
): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 1; i <= howMany; i += 1) {
    const email = `${name.toLowerCase()}${i}@metal.example`;
    const password = `${name} ${i} of the metal house`;
    const one = { name: `${name} ${i}`, email, password, role: 'agent', teamIds: [teamId], actor };
    const made = await addAgent(app, one);
    if (!made.ok) throw new Error(made.because);
    ids.push(made.agent.id);
  }
  return ids;
}

/** Every known customer has an account manager, in both ways to work. */
async function addClients(
  app: HostApp,
  { managers, segments }: { managers: readonly number[]; segments: ReadonlyMap<GroupKey, number> },
): Promise<Map<GroupKey, number[]>> {
  const clients = new Map<GroupKey, number[]>();
  let next = 0;
  for (const { key, clients: howMany } of groups) {
    const ids: number[] = [];
    for (let i = 1; i <= howMany; i += 1) {
      const contactId = await createContact(app, { name: `Client ${key}${i}`, identities: [], actor });
      const agentId = managers[next % managers.length] ?? null;
      next += 1;
      await setManager(app, { contactId, agentId, actor });
      const segmentId = segments.get(key) ?? null;
      await change(app, (step) => putInSegment(step, { contactId, segmentId, source: 'import', actor }));
      ids.push(contactId);
    }
    clients.set(key, ids);
  }
  return clients;
}

type Segments = ReadonlyMap<GroupKey, number>;

const inSegments = (segments: Segments, keys: readonly GroupKey[]): Definition['conditions'] => ({
  match: 'all',
  groups: [
    {
      match: 'all',
      conditions: [
        { field: 'contact.segment', op: 'in', values: keys.map((key) => String(segments.get(key) ?? 0)) },
      ],
    },
  ],
});

const always: Definition['conditions'] = { match: 'all', groups: [] };
const opened = { triggers: [{ on: 'opened' as const }], stop: true };

/** Everything goes to managers: known customers to their own, new ones in turn. */
const rulesBefore = ({ managersTeam }: Omit<Built, 'desk'>, segments: Segments): Definition[] => [
  {
    ...opened,
    name: 'Known customers to their manager',
    conditions: inSegments(segments, ['A', 'B', 'C', 'D']),
    actions: [{ kind: 'assign', strategy: 'manager', teamId: null }],
  },
  {
    ...opened,
    name: 'New ones in turn',
    conditions: always,
    actions: [{ kind: 'assign', strategy: 'roundRobin', teamId: managersTeam }],
  },
];

/** A and B go to their own manager, everybody else to the contact centre, to whoever has the fewest open. */
const rulesAfter = ({ centreTeam }: Omit<Built, 'desk'>, segments: Segments): Definition[] => [
  {
    ...opened,
    name: 'A and B to their own manager',
    conditions: inSegments(segments, ['A', 'B']),
    actions: [{ kind: 'assign', strategy: 'manager', teamId: null }],
  },
  {
    ...opened,
    name: 'Others to the contact centre',
    conditions: always,
    actions: [
      { kind: 'team', teamId: centreTeam },
      { kind: 'assign', strategy: 'load', teamId: centreTeam },
    ],
  },
];
