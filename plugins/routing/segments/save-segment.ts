import { change, errors, type Actor, type App } from '@helpdesk/core';
import type { SegmentRule } from '../conditions/condition.js';
import '../rules/routing-hooks.js';

export interface SegmentFields {
  mark: string;
  name: string;
  teamId: number | null;
  managerId: number | null;
  /** Null: nobody comes in by rule. */
  rule: SegmentRule | null;
}
export interface SaveSegment extends SegmentFields {
  /** Undefined: a new one, behind the others. */
  segmentId?: number;
  expectedVersion?: number;
  actor: Actor;
}

/** @throws NOT_FOUND; TICKET_CHANGED when somebody was quicker. @returns the id */
export async function saveSegment(
  app: App,
  { segmentId, expectedVersion, actor, rule, mark, name, teamId, managerId }: SaveSegment,
): Promise<number> {
  const fields = { mark, name, teamId, managerId, rule: rule && JSON.stringify(rule) };
  return change(app, async ({ trx, announce }) => {
    const saved = segmentId === undefined ? await insert() : await update(segmentId);
    announce('routing.segmentSaved', { segmentId: saved, actor });
    return saved;

    async function insert(): Promise<number> {
      const [last] = await trx('routing_segments').max<{ position: number | null }[]>({
        position: 'position',
      });
      const [row] = await trx('routing_segments')
        .insert({ ...fields, position: (last?.position ?? 0) + 1 })
        .returning<{ id: number }[]>('id');
      return (row as { id: number }).id;
    }

    async function update(id: number): Promise<number> {
      const row: { version: number } | undefined = await trx('routing_segments')
        .where({ id })
        .whereNull('archivedAt')
        .first('version');
      if (!row) throw errors.NOT_FOUND();
      const version = expectedVersion ?? row.version;
      const written = await trx('routing_segments')
        .where({ id, version })
        .update({ ...fields, version: version + 1 });
      if (written === 0) throw errors.TICKET_CHANGED();
      return id;
    }
  });
}

/** Takes a segment out: its members are in none until a rule or a hand puts them elsewhere. @throws NOT_FOUND */
export async function archiveSegment(
  app: App,
  { segmentId, actor }: { segmentId: number; actor: Actor },
): Promise<void> {
  await change(app, async ({ trx, at, announce }) => {
    const written = await trx('routing_segments')
      .where({ id: segmentId })
      .whereNull('archivedAt')
      .update({ archivedAt: at });
    if (written === 0) throw errors.NOT_FOUND();
    await trx('routing_members').where({ segmentId }).delete();
    // Nobody is in it any more; reports on the past keep it.
    await trx('routing_member_times').where({ segmentId }).whereNull('until').update({ until: at });
    announce('routing.segmentSaved', { segmentId, actor });
  });
}
