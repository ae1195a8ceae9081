import type { Knex } from 'knex';
import { publishedTexts, SHOWN, type Scope, type ShownText } from '../articles/visible.js';
import type { Weighed } from './weigh-stems.js';

export interface FoundText extends ShownText {
  readonly body: string;
}

/** Published texts by id, in the order of the ids. */
export async function readFound(db: Knex, ids: readonly number[], scope: Scope): Promise<FoundText[]> {
  if (ids.length === 0) return [];
  const rows: FoundText[] = await publishedTexts(db, scope)
    .whereIn('kb_texts.id', [...ids])
    .select({ ...SHOWN, body: 'kb_versions.body' });
  const place = new Map(ids.map((id, index) => [id, index]));
  return rows.toSorted((a, b) => (place.get(a.textId) ?? 0) - (place.get(b.textId) ?? 0));
}

/** How much of what was asked a text has in it, by weight: 1 is all. A stem is the beginning of its words. */
export function shareIn({ title, summary, body }: FoundText, stems: readonly Weighed[]): number {
  const text = ` ${title}\n${summary}\n${body}`.toLowerCase().replaceAll('ё', 'е');
  let [all, there] = [0, 0];
  for (const { stem, weight } of stems) {
    all += weight;
    if (text.includes(stem)) there += weight;
  }
  return all === 0 ? 0 : there / all;
}
