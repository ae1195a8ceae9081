import type { Knex } from 'knex';

/** Where an image lies for readers. */
export const IMAGES = '/help/images';
const ADDRESS = /\/help\/images\/([0-9a-f]{64})\b/g;

export const imagesIn = (body: string): string[] => [
  ...new Set([...body.matchAll(ADDRESS)].map(([, sha256 = '']) => sha256)),
];

/** Notes which images a published text shows, in place of those it showed. */
export async function noteImages(
  trx: Knex,
  { textId, body }: { textId: number; body: string },
): Promise<void> {
  await trx('kb_image_uses').where({ textId }).delete();
  const rows = imagesIn(body)
    .slice(0, 200)
    .map((sha256) => ({ sha256, textId }));
  if (rows.length > 0) await trx('kb_image_uses').insert(rows);
}
