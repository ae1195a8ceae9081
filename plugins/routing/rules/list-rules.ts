import { errors } from '@helpdesk/core';
import type { Knex } from 'knex';
import { Definition } from './definition.js';
import { readRevision } from './revision.js';

/** A rule in its newest version. */
export interface RuleRecord {
  readonly id: number;
  readonly isOn: boolean;
  readonly version: number;
  readonly definition: Definition;
}
export interface RuleVersion {
  readonly version: number;
  readonly definition: Definition;
  readonly savedAt: string;
  /** An agent's id. */
  readonly savedBy: number | null;
}

interface Row {
  readonly id: number;
  readonly isOn: number;
  readonly version: number;
  readonly definition: string;
}

const newest = (db: Knex) =>
  db('routing_rules')
    .join('routing_rule_versions', (join) =>
      join
        .on('routing_rule_versions.ruleId', 'routing_rules.id')
        .andOn('routing_rule_versions.version', 'routing_rules.version'),
    )
    .whereNull('routing_rules.removedAt')
    .select<Row[]>(
      'routing_rules.id',
      'routing_rules.isOn',
      'routing_rules.version',
      'routing_rule_versions.definition',
    );

/** In the order in which they are asked. */
export async function listRules(db: Knex): Promise<RuleRecord[]> {
  const rows: Row[] = await newest(db).orderBy('routing_rules.position').orderBy('routing_rules.id');
  return rows.map(toRule);
}

interface Active {
  readonly revision: number;
  readonly rules: readonly RuleRecord[];
}
const active = new WeakMap<Knex, Active>();

/** Those that are on, in the order in which they are asked. For every message: read anew only when one was changed. */
export async function listActive(db: Knex): Promise<readonly RuleRecord[]> {
  // Before the rules: a change between the two is read twice, not missed.
  const revision = await readRevision(db);
  const known = active.get(db);
  if (known?.revision === revision) return known.rules;
  const rules = await readActive(db);
  active.set(db, { revision, rules });
  return rules;
}

async function readActive(db: Knex): Promise<RuleRecord[]> {
  const heads: { id: number; version: number }[] = await db('routing_rules')
    .where({ isOn: 1 })
    .whereNull('removedAt')
    .orderBy('position')
    .orderBy('id')
    .select('id', 'version');
  const definitions = await readDefinitions(
    db,
    heads.map(({ id, version }) => ({ ruleId: id, version })),
  );
  return heads.flatMap(({ id, version }) => {
    const definition = definitions.of({ ruleId: id, version });
    return definition ? [{ id, version, isOn: true, definition }] : [];
  });
}

/** @throws NOT_FOUND, also for one that was removed */
export async function findRule(db: Knex, ruleId: number): Promise<RuleRecord> {
  const rows: Row[] = await newest(db).where('routing_rules.id', ruleId);
  if (!rows[0]) throw errors.NOT_FOUND();
  return toRule(rows[0]);
}

/** Every version, the newest first. */
export async function listVersions(db: Knex, ruleId: number): Promise<RuleVersion[]> {
  const rows: (Omit<RuleVersion, 'definition'> & { definition: string })[] = await db('routing_rule_versions')
    .where({ ruleId })
    .orderBy('version', 'desc')
    .select('version', 'definition', 'savedAt', 'savedBy');
  return rows.map((row) => ({ ...row, definition: read(row.definition) }));
}

interface OneVersion {
  readonly ruleId: number;
  readonly version: number;
}
const keyOf = ({ ruleId, version }: OneVersion) => `${ruleId}.${version}`;

// A version never changes once it is written, so each is read from a database once.
const versions = new WeakMap<Knex, Map<string, Definition>>();
const AT_A_TIME = 200;

/** Some versions of rules, also of those that were removed. */
export async function readDefinitions(
  db: Knex,
  wanted: readonly OneVersion[],
): Promise<{ of(one: OneVersion): Definition | undefined }> {
  const known = versions.get(db) ?? new Map<string, Definition>();
  versions.set(db, known);
  if (known.size > KNOWN_MOST) known.clear();
  const found = new Map<string, Definition>();
  const missing: OneVersion[] = [];
  for (const one of wanted) {
    const definition = known.get(keyOf(one));
    if (definition) found.set(keyOf(one), definition);
    else missing.push(one);
  }
  for (let from = 0; from < missing.length; from += AT_A_TIME) {
    const pairs = missing.slice(from, from + AT_A_TIME).map(({ ruleId, version }) => [ruleId, version]);
    const rows: (OneVersion & { definition: string })[] = await db('routing_rule_versions')
      .whereIn(['ruleId', 'version'], pairs)
      .select('ruleId', 'version', 'definition');
    for (const row of rows) {
      const definition = read(row.definition);
      known.set(keyOf(row), definition);
      found.set(keyOf(row), definition);
    }
  }
  return { of: (one) => found.get(keyOf(one)) };
}

const toRule = ({ isOn, definition, ...row }: Row): RuleRecord => ({
  ...row,
  isOn: isOn === 1,
  definition: read(definition),
});

// Only checked definitions are stored; later versions of the product read all that earlier ones have written. Each text is
// parsed once.
const known = new Map<string, Definition>();
const KNOWN_MOST = 2000;

function read(text: string): Definition {
  const found = known.get(text);
  if (found) return found;
  const definition = Definition.parse(JSON.parse(text));
  if (known.size >= KNOWN_MOST) known.clear();
  known.set(text, definition);
  return definition;
}
