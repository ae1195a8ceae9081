import { errors } from '@helpdesk/core';
import type { Knex } from 'knex';
import { inForce } from './in-force.js';
import { Rules, type Policy, type RuleSet } from './policy.js';

interface Row {
  readonly id: number;
  readonly at: string;
  readonly applies: 'now' | 'beginning';
  readonly rules: string;
}

/** The sets in force one after the other, see `inForce`. */
export async function listRuleSets(db: Knex): Promise<RuleSet[]> {
  const beginning = db('sla_rule_sets').where({ applies: 'beginning' }).max('id');
  const rows: Row[] = await db('sla_rule_sets')
    .where('id', '>=', db.raw('coalesce(?, 0)', [beginning]))
    .orderBy('id')
    .select('id', 'at', 'applies', 'rules');
  return inForce(rows.map((row) => ({ ...row, at: Date.parse(row.at), rules: read(row.rules) })));
}

/** The newest rules; `version` is 0 while there are none. */
export async function currentRules(db: Knex): Promise<Rules & { readonly version: number }> {
  const row: Row | undefined = await db('sla_rule_sets').orderBy('id', 'desc').first();
  return row ? { ...read(row.rules), version: row.id } : { policies: [], calendars: [], version: 0 };
}

/** The rules of an earlier set. @throws NOT_FOUND */
export async function rulesOf(db: Knex, setId: number): Promise<Rules> {
  const row: Row | undefined = await db('sla_rule_sets').where({ id: setId }).first();
  if (!row) throw errors.NOT_FOUND();
  return read(row.rules);
}

/** @throws NOT_FOUND */
export function findIn<T extends { readonly id: number }>(list: readonly T[], id: number): T {
  const found = list.find((one) => one.id === id);
  if (!found) throw errors.NOT_FOUND();
  return found;
}

export const nextId = (list: readonly { readonly id: number }[]): number =>
  list.reduce((most, { id }) => Math.max(most, id), 0) + 1;

/** With this policy in its place, or behind the others. */
export const withPolicy = ({ policies, calendars }: Rules, policy: Policy): Rules => ({
  calendars,
  policies: policies.some(({ id }) => id === policy.id)
    ? policies.map((one) => (one.id === policy.id ? policy : one))
    : [...policies, policy],
});

// Sets are only added, and the same few are read for every event.
const MOST = 50;
const known = new Map<string, Rules>();

// Only checked rules are stored; later versions of the product read all that earlier ones have written.
function read(text: string): Rules {
  const rules = known.get(text) ?? Rules.parse(JSON.parse(text));
  if (known.size >= MOST) known.clear();
  known.set(text, rules);
  return rules;
}
