import type { Knex } from 'knex';
import { rightsVersion } from '../rights-version.js';

export interface AgentName {
  readonly name: string;
  /** One or two letters for a round picture. */
  readonly initials: string;
}
export type AgentNames = ReadonlyMap<number, AgentName>;

// Another process may rename somebody; pages of this one may show the old name for so long.
const KEPT_MS = 5000;
const known = new WeakMap<Knex, { version: number; readAt: number; names: Promise<AgentNames> }>();

/** Everybody's names by id, those of disabled agents included; kept in memory, so pages need not join. */
export function agentNames(db: Knex): Promise<AgentNames> {
  const version = rightsVersion(db);
  const kept = known.get(db);
  if (kept && kept.version === version && performance.now() - kept.readAt < KEPT_MS) return kept.names;
  const names = readNames(db);
  known.set(db, { version, readAt: performance.now(), names });
  names.catch(() => known.delete(db));
  return names;
}

async function readNames(db: Knex): Promise<AgentNames> {
  const rows: { id: number; name: string }[] = await db('agents').select('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, { name, initials: initialsOf(name) }]));
}

/** "Анна Петрова" → "АП". */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toUpperCase();
}
