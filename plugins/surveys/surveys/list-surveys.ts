import { errors } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Kind } from '../kinds/kind.js';
import { Definition, type SurveyRecord } from './survey.js';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  readonly isOn: number;
  readonly definition: string;
  readonly version: number;
  readonly removedAt: string | null;
}

/** In the order in which they are asked about a ticket: the oldest first. */
export async function listSurveys(
  db: Knex,
  { includeRemoved = false }: { includeRemoved?: boolean } = {},
): Promise<SurveyRecord[]> {
  const query = db<Row>('surveys_surveys').orderBy('id');
  if (!includeRemoved) void query.whereNull('removedAt');
  return ((await query) as Row[]).map(toRecord);
}

/** One that was removed too: its answers are still there. @throws NOT_FOUND */
export async function findSurvey(db: Knex, id: number): Promise<SurveyRecord> {
  const row: Row | undefined = await db('surveys_surveys').where({ id }).first();
  if (!row) throw errors.NOT_FOUND();
  return toRecord(row);
}

const toRecord = ({ id, name, kind, isOn, definition, version, removedAt }: Row): SurveyRecord => ({
  id,
  name,
  kind,
  isOn: isOn === 1,
  version,
  isRemoved: removedAt !== null,
  definition: Definition.parse(JSON.parse(definition)),
});
