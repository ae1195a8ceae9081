import type { Actor, Change } from '@helpdesk/core';
import { noteTime } from './note-time.js';
import '../rules/routing-hooks.js';

export type Source = 'rule' | 'import' | 'hand';

export interface PutInSegment {
  contactId?: number;
  organizationId?: number;
  /** Null: in none. By hand that is a word of its own, which no rule overrules. */
  segmentId: number | null;
  source: Source;
  actor: Actor;
}

/** What a hand has done, only a hand undoes; an import goes above rules. */
const strength: Readonly<Record<Source, number>> = { rule: 0, import: 1, hand: 2 };
export const strengthOf = (source: Source): number => strength[source];

/** @returns whether it counts: false when something stronger has decided before */
export async function putInSegment(step: Change, input: PutInSegment): Promise<boolean> {
  const { trx, at } = step;
  const { segmentId, source } = input;
  const who = whoOf(input);
  const before = (await trx('routing_members').where(who).first('segmentId', 'source')) as
    | { segmentId: number | null; source: Source }
    | undefined;
  if (before && strengthOf(before.source) > strengthOf(source)) return false;
  if (segmentId === null && source !== 'hand') await trx('routing_members').where(who).delete();
  else
    await trx('routing_members')
      .insert({ ...who, segmentId, source, since: at })
      .onConflict('contactId' in who ? 'contactId' : 'organizationId')
      .merge({ segmentId, source, ...(before?.segmentId === segmentId ? {} : { since: at }) });
  await noteTime(step, who, { segmentId, isNone: segmentId === null && source === 'hand' });
  announceMove(step, input, before?.segmentId ?? null);
  return true;
}

/** Leaves it to the rules again. */
export async function leaveToRules(
  step: Change,
  { actor, ...of }: Pick<PutInSegment, 'contactId' | 'organizationId' | 'actor'>,
): Promise<void> {
  const who = whoOf(of);
  const [before] = (await step.trx('routing_members').where(who).select('segmentId')) as {
    segmentId: number | null;
  }[];
  await step.trx('routing_members').where(who).delete();
  await noteTime(step, who, { segmentId: null, isNone: false });
  announceMove(step, { ...of, segmentId: null, source: 'hand', actor }, before?.segmentId ?? null);
}

function announceMove(step: Change, input: PutInSegment, from: number | null): void {
  const { segmentId: to, source, actor } = input;
  if (from !== to) step.announce('routing.segmentChanged', { ...whoOf(input), from, to, source, actor });
}

const whoOf = ({ contactId, organizationId }: { contactId?: number; organizationId?: number }) =>
  contactId === undefined ? { organizationId: organizationId ?? 0 } : { contactId };
