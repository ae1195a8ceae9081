import type { Knex } from 'knex';
import type { FactTable } from '../contract.js';
import type { Dimension } from './dimensions.js';

interface JoinDimensions {
  readonly dimensions: readonly Dimension[];
  readonly now: Date;
  /** What holds some of them itself, joined as `happened`. */
  readonly table?: FactTable | undefined;
  /** The query looks at tickets in any case. */
  readonly needsTickets?: boolean;
}

/** Joins what dimensions stand in to a query on `reporting_tickets`. @returns their columns by key; times have none */
export function joinDimensions(
  db: Knex,
  query: Knex.QueryBuilder,
  { dimensions, now, table, needsTickets = false }: JoinDimensions,
): { dimensions: Map<string, Knex.Raw | string> } {
  const reading = { db, now: now.toISOString() };
  const columns = new Map<string, Knex.Raw | string>();
  const needs = new Set<Dimension['from']>(needsTickets ? ['tickets'] : []);
  for (const [i, { key, from, column }] of dimensions.entries()) {
    const held = table?.holds?.[key];
    if (from === 'time') continue;
    if (held !== undefined) columns.set(key, `happened.${held}`);
    else if (typeof from === 'object') {
      void query.leftJoin(from.rows(reading).as(`d${i}`), `d${i}.ticketId`, 'reporting_tickets.ticketId');
      columns.set(key, `d${i}.value`);
    } else {
      needs.add(from);
      columns.set(key, from === 'tags' ? tagsIn(db) : db.raw(column ?? 'null'));
    }
  }
  if (needs.has('tickets') || needs.has('memberships'))
    void query.join('tickets', 'tickets.id', 'reporting_tickets.ticketId');
  if (needs.has('memberships')) void query.leftJoin('memberships', 'memberships.id', 'tickets.membershipId');
  return { dimensions: columns };
}

/** All tags of a ticket in one text. */
function tagsIn(db: Knex): Knex.Raw {
  const list =
    db.client.config.client === 'pg'
      ? `string_agg(tag_id::text, ',' order by tag_id)`
      : `group_concat(tag_id, ',')`;
  return db.raw(
    `(select ${list} from ticket_tags where ticket_tags.ticket_id = reporting_tickets.ticket_id)`,
  );
}
