import { parseJson, type Change } from '@helpdesk/core';
import type { Knex } from 'knex';
import { beginningOf, isLong, keptOf, verdictOf, type Facts, type Seen } from '../conditions/evaluate.js';
import { readDefinitions, type RuleRecord } from '../rules/list-rules.js';
import type { Occasion } from './occasion.js';
import type { RuleRun } from './trace.js';

/**
 * Rules that were asked together and did not hold. Hundreds of them see the same few facts, so these are kept once, and
 * of each rule which conditions held; a version of a rule says for ever what its conditions are.
 */
export interface Look {
  readonly seen: Readonly<Record<string, Seen>>;
  readonly missed: readonly Miss[];
}
/** The last: what a condition has found in a long text, by its place among the conditions. */
type Miss = readonly [ruleId: number, version: number, marks: string, found?: Readonly<Record<string, Seen>>];

interface Row {
  readonly id: number;
  readonly trigger: string;
  readonly at: string;
  readonly detail: string;
}

/** What is kept of facts: of long texts the beginning. A trace is no copy of the letter. */
export const seenOf = (facts: Facts): Look['seen'] =>
  Object.fromEntries(
    Object.entries(facts).map(([field, value]) => [field, isLong(value) ? beginningOf(value) : value]),
  );

export function missOf(
  { id, version, definition }: Pick<RuleRecord, 'id' | 'version' | 'definition'>,
  marks: string,
  facts: Facts,
): Miss {
  // That a word was found in a long text is seen at its place only.
  const found: Record<string, Seen> = {};
  let index = 0;
  for (const { conditions } of definition.conditions.groups)
    for (const condition of conditions) {
      const value = facts[condition.field] ?? null;
      if (marks[index] === '1' && condition.op === 'contains' && isLong(value))
        found[index] = keptOf(condition, value);
      index += 1;
    }
  return Object.keys(found).length > 0 ? [id, version, marks, found] : [id, version, marks];
}

/** What was kept for one occasion: after a crash none of them is asked again. */
export async function looksOf(db: Knex, { key: occasion, ticketId, trigger }: Occasion): Promise<Look[]> {
  const row: Pick<Row, 'detail'> | undefined = await db('routing_misses')
    .where({ ticketId, trigger, occasion })
    .first('detail');
  return row ? parseJson<Look[]>(row.detail, []) : [];
}

/** One row for an occasion. Of each trigger the newest is kept, which answers "why not". */
export async function writeLooks(
  { trx, at }: Change,
  { key: occasion, ticketId, trigger }: Occasion,
  looks: readonly Look[],
): Promise<void> {
  const row = { occasion, at, detail: JSON.stringify(looks) };
  await trx('routing_misses')
    .insert({ ...row, ticketId, trigger })
    .onConflict(['ticketId', 'trigger'])
    .merge(row);
}

/**
 * The newest try of each rule that did not hold for a ticket, the newest first.
 * @param skip how many are left out, for pages
 */
export async function listMisses(
  db: Knex,
  { ticketId, skip, limit }: { ticketId: number; skip: number; limit: number },
): Promise<{ misses: RuleRun[]; total: number }> {
  const rows: Row[] = await db('routing_misses')
    .where({ ticketId })
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .select('id', 'trigger', 'at', 'detail');
  const newest = new Map<number, { row: Row; look: Look; miss: Miss }>();
  for (const row of rows)
    for (const look of parseJson<Look[]>(row.detail, []).toReversed())
      for (const miss of look.missed) if (!newest.has(miss[0])) newest.set(miss[0], { row, look, miss });
  const shown = [...newest.values()].slice(skip, skip + limit);
  const definitions = await readDefinitions(
    db,
    shown.map(({ miss: [ruleId, version] }) => ({ ruleId, version })),
  );
  const misses = shown.flatMap(({ row, look, miss: [ruleId, version, marks, found = {}] }): RuleRun[] => {
    const definition = definitions.of({ ruleId, version });
    if (!definition) return [];
    const { name, stop, conditions } = definition;
    const verdict = verdictOf(
      conditions,
      marks,
      ({ field }, index) => found[index] ?? look.seen[field] ?? null,
    );
    const detail = { name, verdict, actions: [], stop };
    return [{ ruleId, version, trigger: row.trigger, at: row.at, outcome: 'missed', detail }];
  });
  return { misses, total: newest.size };
}
