import type { FactSource, Reading } from '@helpdesk/plugin-reporting/contract';
import type { Knex } from 'knex';

/** Reports may group by the segment that the customer of a ticket was in when it was solved; of an open one, is in now. */
export const segmentFacts: FactSource = {
  dimensions: [
    {
      key: 'routing.segment',
      label: 'routing.report.segment',
      rows: readSegmentsThen,
      async names({ db }, values) {
        const rows: { id: number; name: string }[] = await db('routing_segments')
          .whereIn('id', values.map(Number).filter(Number.isSafeInteger))
          .select('id', 'name');
        return new Map(rows.map(({ id, name }) => [String(id), name]));
      },
    },
  ],
};

const THEN = 'coalesce(tickets.solved_at, ?)';
const lastedThen = (table: string) =>
  `${table}.since <= ${THEN} and (${table}.until is null or ${table}.until > ${THEN})`;

const OWN = `from routing_member_times own where own.contact_id = tickets.contact_id and ${lastedThen('own')}`;
const THEIRS = `select theirs.segment_id from memberships hat
  join routing_member_times theirs on theirs.organization_id = hat.organization_id
  join routing_segments on routing_segments.id = theirs.segment_id
  where hat.contact_id = tickets.contact_id and ${lastedThen('theirs')}
    and (hat.id = tickets.membership_id
      or (tickets.membership_id is null and (hat.valid_to is null or hat.valid_to > ${THEN})))
  order by routing_segments.position limit 1`;

/** The same choice as `segmentsOfTickets` makes for now, at the time of each ticket. */
function readSegmentsThen({ db, now }: Reading): Knex.QueryBuilder {
  const chosen = `coalesce(
    (select own.segment_id ${OWN} limit 1),
    case when not exists (select 1 ${OWN} and own.is_none = 1) then (${THEIRS}) end) as value`;
  const moments = Array.from({ length: chosen.split('?').length - 1 }, () => now);
  return db('tickets').select('tickets.id as ticketId', db.raw(chosen, moments));
}
