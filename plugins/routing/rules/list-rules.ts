import { errors } from '@helpdesk/core';
import type { Knex } from 'knex';
import { Definition } from './definition.js';

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

const toRule = ({ isOn, definition, ...row }: Row): RuleRecord => ({
  ...row,
  isOn: isOn === 1,
  definition: read(definition),
});

// Only checked definitions are stored; later versions of the product read all that earlier ones have written. All rules
// are read for every message, so each text is parsed once.
const known = new Map<string, Definition>();
const KNOWN_MOST = 1000;

function read(text: string): Definition {
  const found = known.get(text);
  if (found) return found;
  const definition = Definition.parse(JSON.parse(text));
  if (known.size >= KNOWN_MOST) known.clear();
  known.set(text, definition);
  return definition;
}
