import {
  calendarDay,
  EVERYTHING,
  listAgents,
  listRoles,
  parseJson,
  type AgentRecord,
  type HostApp,
} from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Shifts } from './shifts.js';

/** An agent as work is given to him. */
export interface Person {
  readonly agentId: number;
  readonly name: string;
  readonly teamIds: readonly number[];
  /** Has accepted the invitation, and a role that may answer customers. */
  readonly canAnswer: boolean;
  /** The lines whose tickets he sees. */
  readonly lineIds: readonly number[] | 'all';
  readonly timeZone: string;
  readonly lastSeenAt: string | null;
  /** Said so in his menu, or planned. `until`: the last day, when there is one. */
  readonly away: { readonly until: string | null } | null;
  readonly loadLimit: number | null;
  readonly shifts: Shifts;
  readonly awayFrom: string | null;
  readonly awayUntil: string | null;
  readonly deputyId: number | null;
  /** By the folded name: as it was written. */
  readonly skills: ReadonlyMap<string, string>;
  /** 0 while nothing was ever set. */
  readonly version: number;
}

interface Row {
  agentId: number;
  loadLimit: number | null;
  shifts: string;
  awayFrom: string | null;
  awayUntil: string | null;
  deputyId: number | null;
  version: number;
}

const nothingSet: Omit<Row, 'agentId'> = {
  loadLimit: null,
  shifts: '[]',
  awayFrom: null,
  awayUntil: null,
  deputyId: null,
  version: 0,
};

/** Everybody who is not disabled, in the order of names: what they can, when they work, who stands in for them. */
export async function listPeople(app: Pick<HostApp, 'db' | 'company' | 'now'>): Promise<Person[]> {
  const [agents, roles, rows, skills] = await Promise.all([
    listAgents(app.db),
    listRoles(app.db),
    app.db('routing_people').select<Row[]>(),
    listSkills(app.db),
  ]);
  const own = new Map(rows.map((row) => [row.agentId, row]));
  const answering = new Set(
    roles
      .filter(({ permissions }) => permissions.some((one) => one === EVERYTHING || one === 'tickets.reply'))
      .map(({ key }) => key),
  );
  return agents.map((agent) => {
    const row = own.get(agent.id) ?? nothingSet;
    const timeZone = agent.timeZone ?? app.company.timeZone;
    return {
      agentId: agent.id,
      name: agent.name,
      teamIds: agent.teamIds,
      canAnswer: !agent.isInvited && answering.has(agent.role),
      lineIds: agent.sees === 'all' ? 'all' : agent.lineIds,
      timeZone,
      lastSeenAt: agent.lastSeenAt,
      away: awayNow(agent, row, calendarDay(app.now().toISOString(), { timeZone })),
      loadLimit: row.loadLimit,
      shifts: parseJson<Shifts>(row.shifts, []),
      awayFrom: row.awayFrom,
      awayUntil: row.awayUntil,
      deputyId: row.deputyId,
      skills: skills.get(agent.id) ?? new Map(),
      version: row.version,
    };
  });
}

async function listSkills(db: Knex): Promise<ReadonlyMap<number, ReadonlyMap<string, string>>> {
  const rows: { agentId: number; skill: string; name: string }[] = await db('routing_skills')
    .orderBy('name')
    .select('agentId', 'skill', 'name');
  const byAgent = new Map<number, Map<string, string>>();
  for (const { agentId, skill, name } of rows) {
    const own = byAgent.get(agentId) ?? new Map<string, string>();
    byAgent.set(agentId, own.set(skill, name));
  }
  return byAgent;
}

function awayNow(
  { preferences }: AgentRecord,
  { awayFrom, awayUntil }: Pick<Row, 'awayFrom' | 'awayUntil'>,
  today: string,
): Person['away'] {
  // Days of this form sort as text.
  const isPlanned = awayFrom !== null && awayFrom <= today && (awayUntil === null || today <= awayUntil);
  if (isPlanned) return { until: awayUntil };
  return preferences.away === true ? { until: null } : null;
}

/** Whether somebody would find a ticket of a line in his lists. */
export const seesLine = ({ lineIds }: Pick<Person, 'lineIds'>, lineId: number | null): boolean =>
  lineIds === 'all' || (lineId !== null && lineIds.includes(lineId));
