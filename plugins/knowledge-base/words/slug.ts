import { transliterate } from '@helpdesk/core';

const LONGEST = 80;

/** What stands in an address. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** An address made of a title: Latin letters, digits, hyphens. Empty when the title has none of them. */
export function toSlug(title: string): string {
  const plain = transliterate(title.normalize('NFKC')).normalize('NFD').replaceAll(/\p{M}/gu, '');
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, LONGEST) : `${slug}-${word}`;
    if (longer.length > LONGEST) break;
    slug = longer;
  }
  return slug;
}
