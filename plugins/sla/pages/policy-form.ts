import { fold, type DeskContext } from '@helpdesk/core';
import type { Knex } from 'knex';
import { TARGETS, type Policy, type TargetKind } from '../rules/policy.js';
import { all, idIn, idsIn, one, type Fields } from './fields.js';

/** A policy as its form has it. */
export interface PolicyDraft {
  readonly policy: Policy;
  /** What was typed where numbers belong, by field. */
  readonly typed: ReadonlyMap<string, string>;
  readonly problems: ReadonlyMap<string, string>;
}

const PRIORITIES = [4, 3, 2, 1] as const;
const none: Record<TargetKind, number | null> = { first: null, next: null, solve: null };

export const emptyPolicy = (id: number): Policy => ({
  id,
  name: '',
  isOn: true,
  conditions: {
    lines: [],
    teams: [],
    types: [],
    priorities: [],
    channels: [],
    organizations: [],
    segments: [],
    roles: [],
  },
  calendarId: null,
  norms: { 1: none, 2: none, 3: none, 4: none },
  pauses: { customer: true, other: true, snoozed: false },
  warn: { unit: 'percent', value: 75 },
  heads: [],
  escalate: { teamId: null, agentId: null, priority: null },
});

/** `8`, `8:30` or `0:45`: hours and minutes. Undefined: it says something else; null: nothing. */
export function readLength(text: string): number | null | undefined {
  if (text === '') return null;
  const [, hours, minutes = '0'] = /^(\d{1,4})(?::([0-5]\d))?$/.exec(text) ?? [];
  const length = Number(hours) * 60 + Number(minutes);
  return hours === undefined || length < 1 || length > 366 * 1440 ? undefined : length;
}
export const writeLength = (minutes: number | null): string =>
  minutes === null ? '' : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

export async function readPolicy(ctx: DeskContext, fields: Fields, id: number): Promise<PolicyDraft> {
  const problems = new Map<string, string>();
  const typed = new Map<string, string>();
  const name = one(fields, 'name');
  if (name === '') problems.set('name', 'core.form.required');
  if (name.length > 100) problems.set('name', 'core.form.tooLong');
  const norms = readNorms(fields, { typed, problems });
  const organizations = await readOrganizations(ctx.db, fields, { typed, problems });
  const warn = readWarn(fields, { typed, problems });
  const priority = idIn(one(fields, 'escalate.priority'));
  const policy: Policy = {
    id,
    name,
    isOn: one(fields, 'isOn') !== '',
    conditions: {
      lines: idsIn(all(fields, 'lines')),
      teams: idsIn(all(fields, 'teams')),
      types: all(fields, 'types'),
      priorities: idsIn(all(fields, 'priorities')).filter((value) => value <= 4),
      channels: all(fields, 'channels'),
      segments: idsIn(all(fields, 'segments')),
      roles: all(fields, 'roles'),
      organizations,
    },
    calendarId: idIn(one(fields, 'calendar')),
    norms,
    pauses: {
      customer: all(fields, 'pauses').includes('customer'),
      other: all(fields, 'pauses').includes('other'),
      snoozed: all(fields, 'pauses').includes('snoozed'),
    },
    warn,
    heads: idsIn(all(fields, 'heads')),
    escalate: {
      teamId: idIn(one(fields, 'escalate.team')),
      agentId: idIn(one(fields, 'escalate.agent')),
      priority: PRIORITIES.find((value) => value === priority) ?? null,
    },
  };
  return { policy, typed, problems };
}

interface Noting {
  readonly typed: Map<string, string>;
  readonly problems: Map<string, string>;
}

function readNorms(fields: Fields, { typed, problems }: Noting): Policy['norms'] {
  const of = (priority: number) => {
    const norm = { ...none };
    for (const kind of TARGETS) {
      const field = `norm.${priority}.${kind}`;
      typed.set(field, one(fields, field));
      const length = readLength(one(fields, field));
      if (length === undefined) problems.set(field, 'sla.problem.length');
      else norm[kind] = length;
    }
    return norm;
  };
  const norms = { 1: of(1), 2: of(2), 3: of(3), 4: of(4) };
  const isEmpty = Object.values(norms).every((norm) => TARGETS.every((kind) => norm[kind] === null));
  if (isEmpty && problems.size === 0) problems.set('norm.4.first', 'sla.problem.noNorm');
  return norms;
}

function readWarn(fields: Fields, { typed, problems }: Noting): Policy['warn'] {
  const text = one(fields, 'warn');
  typed.set('warn', text);
  if (text === '') return null;
  const unit = one(fields, 'warn.unit') === 'minutes' ? 'minutes' : 'percent';
  const value = Number(text);
  const most = unit === 'percent' ? 99 : 100_000;
  if (Number.isInteger(value) && value >= 1 && value <= most) return { unit, value };
  problems.set('warn', 'sla.problem.warn');
  return null;
}

async function readOrganizations(db: Knex, fields: Fields, { typed, problems }: Noting): Promise<number[]> {
  const text = one(fields, 'organizations').slice(0, 20_000);
  typed.set('organizations', text);
  const wanted = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 500);
  if (wanted.length === 0) return [];
  const rows: { id: number; name: string }[] = await db('organizations')
    .whereIn('name', wanted)
    .select('id', 'name');
  const known = new Map(rows.map(({ id, name }) => [fold(name), id]));
  const ids = wanted.map((name) => known.get(fold(name)));
  if (ids.includes(undefined)) problems.set('organizations', 'sla.problem.organization');
  return ids.flatMap((id) => id ?? []);
}
