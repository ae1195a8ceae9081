import type { Change } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Facts } from '../conditions/evaluate.js';
import type { RuleRecord } from '../rules/list-rules.js';
import { looksOf, missOf, seenOf, writeLooks, type Look } from './misses.js';
import type { Occasion } from './occasion.js';

/** Gathers the rules that do not hold for one occasion, and writes them down together. */
export interface Misses {
  /** Whether it was asked for this occasion before, and did not hold. */
  has(rule: Pick<RuleRecord, 'id'>): boolean;
  add(rule: RuleRecord, seen: { readonly marks: string; readonly facts: Facts }): void;
  /** Whether there is something to be written. */
  areNew(): boolean;
  write(step: Change): Promise<void>;
}

/** With those that were written down before the process ended in the middle. */
export async function gatherMisses(db: Knex, occasion: Occasion): Promise<Misses> {
  // Timers ask again every minute; only what happened is worth a "why not".
  const isKept = occasion.key.startsWith('event:');
  const before = isKept ? await looksOf(db, occasion) : [];
  const known = new Set(before.flatMap(({ missed }) => missed.map(([ruleId]) => ruleId)));
  const looks: { facts: Facts; missed: Look['missed'][number][] }[] = [];
  let areNew = false;
  return {
    has: ({ id }) => known.has(id),
    add(rule, { marks, facts }) {
      if (!isKept) return;
      if (looks.at(-1)?.facts !== facts) looks.push({ facts, missed: [] });
      looks.at(-1)?.missed.push(missOf(rule, marks, facts));
      areNew = true;
    },
    areNew: () => areNew,
    async write(step) {
      const fresh = looks.map(({ facts, missed }) => ({ seen: seenOf(facts), missed }));
      await writeLooks(step, occasion, [...before, ...fresh]);
      areNew = false;
    },
  };
}
