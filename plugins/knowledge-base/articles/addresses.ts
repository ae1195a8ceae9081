import type { Knex } from 'knex';
import { refused } from '../refused.js';

type Kind = 'category' | 'article';
interface Address {
  readonly kind: Kind;
  readonly slug: string;
}

/** Words that addresses below `/help` begin with anyway. */
export const RESERVED: ReadonlySet<string> = new Set(['search', 'images', 'video']);

/** Takes an address for good; one that it had before comes back. @throws ACTION_REFUSED when it is another's */
export async function claimAddress(
  trx: Knex,
  { kind, slug, targetId }: Address & { targetId: number },
): Promise<void> {
  await trx('kb_addresses').insert({ kind, slug, targetId }).onConflict(['kind', 'slug']).ignore();
  if ((await findAddress(trx, { kind, slug })) !== targetId)
    throw refused('knowledge-base.problem.slugTaken');
}

/** The category, or the text of an article, that has this address or had it. */
export async function findAddress(db: Knex, { kind, slug }: Address): Promise<number | undefined> {
  const row: { targetId: number } | undefined = await db('kb_addresses')
    .where({ kind, slug })
    .first('targetId');
  return row?.targetId;
}

/** Takes the wanted address for good, else the first free one that begins like it. @returns which */
export async function claimFreeAddress(
  trx: Knex,
  { kind, slug, targetId }: Address & { targetId: number },
): Promise<string> {
  const free = await freeSlug(trx, { kind, slug });
  // Whoever takes the same one at this moment is waited for, and the next look sees what he has taken.
  const taken: unknown[] = await trx('kb_addresses')
    .insert({ kind, slug: free, targetId })
    .onConflict(['kind', 'slug'])
    .ignore()
    .returning('slug');
  return taken.length > 0 ? free : claimFreeAddress(trx, { kind, slug, targetId });
}

async function freeSlug(db: Knex, { kind, slug }: Address): Promise<string> {
  const wanted = slug === '' || RESERVED.has(slug) ? `${kind}${slug && `-${slug}`}` : slug;
  const taken: { slug: string }[] = await db('kb_addresses')
    .where({ kind })
    .where('slug', 'like', `${wanted}%`)
    .select('slug');
  const known = new Set(taken.map((row) => row.slug));
  if (!known.has(wanted)) return wanted;
  let number = 2;
  while (known.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
