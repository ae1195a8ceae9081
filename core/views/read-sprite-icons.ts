import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TemplatePlaces } from './find-templates.js';

/** Names of the icons in the first sprite (`public/icons.svg`) of the site or its themes; none without a sprite. */
export function readSpriteIcons({ site, themes }: TemplatePlaces): ReadonlySet<string> {
  for (const dir of site === undefined ? themes : [site, ...themes]) {
    try {
      const sprite = readFileSync(join(dir, 'public', 'icons.svg'), 'utf8');
      return new Set([...sprite.matchAll(/<symbol id="([\w-]+)"/g)].map((match) => match[1] ?? ''));
    } catch {
      // No sprite here: the parent's counts.
    }
  }
  return new Set();
}
