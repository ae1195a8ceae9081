import { fold } from '@helpdesk/core';
import type { Knex } from 'knex';

/**
 * What a ticket asks of whoever takes it: its tags that are somebody's skill, and a skill that is named.
 * @returns by the folded name: as it is written
 */
export async function requiredSkills(
  db: Knex,
  { ticketId, skill }: { ticketId: number; skill?: string | null | undefined },
): Promise<ReadonlyMap<string, string>> {
  const rows: { skill: string; name: string }[] = await db('ticketTags')
    .join('tags', 'tags.id', 'ticketTags.tagId')
    .where('ticketTags.ticketId', ticketId)
    .whereIn('tags.normalised', db('routing_skills').select('skill'))
    .select({ skill: 'tags.normalised', name: 'tags.name' });
  const wanted = new Map(rows.map((row) => [row.skill, row.name]));
  const named = skill?.trim() ?? '';
  if (named !== '') wanted.set(fold(named), named);
  return wanted;
}
