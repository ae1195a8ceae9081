import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import { ViewError } from './view-error.js';

/** What `theme.json` says. */
export interface ThemeManifest {
  readonly name: string;
  /** Folder name or package of the theme that this one changes; `default` for most. */
  readonly parent?: string | undefined;
  /** Layout partials that pages may use. */
  readonly layouts?: readonly string[] | undefined;
}

export interface Theme extends ThemeManifest {
  readonly dir: string;
}

const Manifest = z.object({
  name: z.string().min(1).max(100),
  parent: z.string().max(200).optional(),
  layouts: z.array(z.string().max(100)).max(50).optional(),
});

/**
 * A theme and its parents, nearest first. A parent is looked for by `findTheme`,
 * else in the neighbour folder of that name.
 */
export function readThemes(dir: string, findTheme?: (id: string) => string | undefined): Theme[] {
  const chain: Theme[] = [];
  let next: string | undefined = dir;
  while (next !== undefined) {
    const here: string = next;
    if (chain.some((theme) => theme.dir === here)) {
      throw new ViewError('THEME_BROKEN', 'The theme is its own parent', { file: join(here, 'theme.json') });
    }
    const theme = { ...readManifest(here), dir: here };
    chain.push(theme);
    next = theme.parent && (findTheme?.(theme.parent) ?? join(dirname(here), theme.parent));
  }
  return chain;
}

function readManifest(dir: string): ThemeManifest {
  const file = join(dir, 'theme.json');
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new ViewError('THEME_BROKEN', 'The theme has no readable theme.json with a "name"', {
      file,
      cause,
    });
  }
}
