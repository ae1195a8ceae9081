import { Model } from 'objection';

/** The base of every model. Bound to no database: `Ticket.query(db)` says where it reads. */
export class Row extends Model {
  declare id: number;
}

/** What somebody outside has sent; undefined when it is no JSON. It is to be checked against a schema. */
export function jsonOrNone(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Text columns that hold JSON read back as plain values. */
export function parseJson<T>(text: string | null | undefined, otherwise: T): T {
  if (!text) return otherwise;
  return JSON.parse(text) as T;
}
