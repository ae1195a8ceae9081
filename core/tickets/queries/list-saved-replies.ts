import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';

/** A text that agents insert; places such as `{{contact.name}}` are filled in then. */
export interface SavedReplyRecord {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  readonly version: number;
}

/** By title; at most 500. */
export async function listSavedReplies(db: Knex): Promise<SavedReplyRecord[]> {
  return db('savedReplies')
    .orderBy('title')
    .limit(500)
    .select<SavedReplyRecord[]>('id', 'title', 'text', 'version');
}

/** @throws NOT_FOUND */
export async function findSavedReply(db: Knex, id: number): Promise<SavedReplyRecord> {
  const row = (await db('savedReplies').where({ id }).first('id', 'title', 'text', 'version')) as
    | SavedReplyRecord
    | undefined;
  if (!row) throw errors.NOT_FOUND();
  return row;
}
