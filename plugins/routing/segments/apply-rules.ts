import { change, parseJson, type Actor, type App } from '@helpdesk/core';
import type { Knex } from 'knex';
import { SegmentRule } from '../conditions/condition.js';
import { decide, type RuledSegment } from './decide.js';
import { putInSegment } from './put-in-segment.js';
import { readContacts, readOrganizations, type Subject } from './read-subjects.js';

const AT_A_TIME = 300;
const actor: Actor = { kind: 'plugin', id: 'routing', door: 'job' };

/** Puts some contacts or organizations where the rules say; what was set by hand or imported stays. */
export async function applyRules(
  app: App,
  about: SegmentRule['about'],
  ids: readonly number[],
): Promise<void> {
  const segments = await readRuled(app.db);
  await applyTo(app, { about, ids, segments });
}

async function applyTo(
  app: App,
  {
    about,
    ids,
    segments,
  }: { about: SegmentRule['about']; ids: readonly number[]; segments: readonly RuledSegment[] },
): Promise<void> {
  const at = app.now().toISOString();
  const subjects: Subject[] = await (about === 'contact' ? readContacts : readOrganizations)(app.db, ids, at);
  const column = about === 'contact' ? 'contactId' : 'organizationId';
  const decided = subjects.map(({ id, facts }) => ({ id, segmentId: decide(segments, about, facts) }));
  const known = await readMembers(app.db, column, ids);
  const moved = decided.filter(({ id, segmentId }) => (known.get(id) ?? null) !== segmentId);
  if (moved.length === 0) return;
  await change(app, async (step) => {
    for (const { id, segmentId } of moved)
      await putInSegment(step, { [column]: id, segmentId, source: 'rule', actor });
  });
}

async function readMembers(
  db: Knex,
  column: 'contactId' | 'organizationId',
  ids: readonly number[],
): Promise<Map<number, number | null>> {
  const rows: { id: number; segmentId: number | null }[] = await db('routing_members')
    .whereIn(column, [...ids])
    .select(`${column} as id`, 'segmentId');
  return new Map(rows.map(({ id, segmentId }) => [id, segmentId]));
}

/** Everybody, some hundred at a time. */
export async function applyToAll(app: App, signal?: AbortSignal): Promise<void> {
  const segments = await readRuled(app.db);
  for (const [about, table] of [
    ['organization', 'organizations'],
    ['contact', 'contacts'],
  ] as const)
    for (let after = 0; ;) {
      const rows: { id: number }[] = await app
        .db(table)
        .where('id', '>', after)
        .orderBy('id')
        .limit(AT_A_TIME)
        .select('id');
      const last = rows.at(-1);
      if (!last || signal?.aborted) break;
      after = last.id;
      await applyTo(app, { about, ids: rows.map(({ id }) => id), segments });
    }
}

async function readRuled(db: Knex): Promise<RuledSegment[]> {
  const rows: { id: number; rule: string | null }[] = await db('routing_segments')
    .whereNull('archivedAt')
    .whereNotNull('rule')
    .orderBy('position')
    .orderBy('id')
    .select('id', 'rule');
  return rows.map(({ id, rule }) => ({ id, rule: SegmentRule.parse(parseJson<unknown>(rule, null)) }));
}
