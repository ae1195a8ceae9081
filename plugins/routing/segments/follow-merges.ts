import { change, parseJson, type App, type Change, type Toolbox } from '@helpdesk/core';
import { applyRules } from './apply-rules.js';
import { noteTime } from './note-time.js';
import { strengthOf, type Source } from './put-in-segment.js';

type Follow = Toolbox<unknown, unknown, unknown, unknown, never>['follow'];
interface Member {
  readonly contactId: number;
  readonly segmentId: number | null;
  readonly source: Source;
  readonly since: string;
}
interface Merge {
  readonly contactId: number;
  readonly goneId: number;
  readonly mergeId: number;
}

/** A contact that goes takes its segment to the kept one, unless that has a stronger one; an undo brings it back. */
export function followMerges(app: App, follow: Follow): void {
  follow(
    {
      'contact.merged': (merge) => moveMember(app, merge),
      'contact.unmerged': (merge) => moveBack(app, merge),
    },
    { name: 'merges' },
  );
}

async function moveMember(app: App, { contactId, goneId, mergeId }: Merge): Promise<void> {
  await change(app, async (step) => {
    const gone = await readMember(step, goneId);
    if (!gone) return;
    const kept = await readMember(step, contactId);
    const row = { mergeId, gone: JSON.stringify(gone), kept: kept ? JSON.stringify(kept) : null };
    await step.trx('routing_merges').insert(row).onConflict('mergeId').ignore();
    await step.trx('routing_members').where({ contactId: goneId }).delete();
    if (!kept || strengthOf(gone.source) > strengthOf(kept.source))
      await writeMember(step, { ...gone, contactId });
  });
}

async function moveBack(app: App, { contactId, goneId, mergeId }: Merge): Promise<void> {
  await change(app, async (step) => {
    const { trx } = step;
    const row = (await trx('routing_merges').where({ mergeId }).first()) as
      | { gone: string; kept: string | null }
      | undefined;
    if (!row) return;
    const gone = parseJson<Member | null>(row.gone, null);
    const before = parseJson<Member | null>(row.kept, null);
    const now = await readMember(step, contactId);
    // What was said of the kept one since then stays.
    if (gone && now && now.segmentId === gone.segmentId && now.source === gone.source) {
      await trx('routing_members').where({ contactId }).delete();
      if (before) await writeMember(step, before);
      else await noteTime(step, { contactId }, { segmentId: null, isNone: false });
    }
    if (gone) await writeMember(step, gone);
    await trx('routing_merges').where({ mergeId }).delete();
  });
  await applyRules(app, 'contact', [contactId, goneId]);
}

async function readMember({ trx }: Change, contactId: number): Promise<Member | undefined> {
  return trx('routing_members').where({ contactId }).first('contactId', 'segmentId', 'source', 'since');
}

async function writeMember(step: Change, { contactId, segmentId, source, since }: Member): Promise<void> {
  await noteTime(step, { contactId }, { segmentId, isNone: segmentId === null && source === 'hand' });
  await step
    .trx('routing_members')
    .insert({ contactId, segmentId, source, since })
    .onConflict('contactId')
    .merge({ segmentId, source, since });
}
