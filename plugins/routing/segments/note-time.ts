import type { Change } from '@helpdesk/core';

interface Said {
  readonly segmentId: number | null;
  /** By hand in none. */
  readonly isNone: boolean;
}
interface TimeRow {
  readonly id: number;
  readonly segmentId: number | null;
  readonly isNone: number;
  readonly since: string;
  readonly until: string | null;
}

/** Before every ticket. */
const BEGINNING = '1970-01-01T00:00:00.000Z';

/** Notes in which segment a contact or an organization is from now on; the same once more changes nothing. */
export async function noteTime(
  { trx, at }: Change,
  who: { readonly contactId: number } | { readonly organizationId: number },
  { segmentId, isNone }: Said,
): Promise<void> {
  const said = { segmentId, isNone: isNone ? 1 : 0 };
  const last = (await trx('routing_member_times').where(who).orderBy('id', 'desc').first()) as
    | TimeRow
    | undefined;
  const lasts = last?.until === null;
  if (lasts && last.segmentId === said.segmentId && last.isNone === said.isNone) return;
  const row = () => trx('routing_member_times').where({ id: last?.id });
  // Several words of one moment are the last of them.
  if (lasts && last.since === at) return void (await row().update(said));
  if (lasts) await row().update({ until: at });
  await trx('routing_member_times').insert({ ...who, ...said, since: last ? at : BEGINNING, until: null });
}
