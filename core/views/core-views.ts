import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ViewFolder } from './find-templates.js';

const root = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/** Core's own pages: `core/error`. Templates are never copied to `dist`, so they are found from the package's root. */
export const coreViews: ViewFolder = { owner: 'core', dir: join(root, 'views', 'pages') };

/** Folder that holds `locales/` with core's texts, for `texts.addTexts('core', coreTextsDir)`. */
export const coreTextsDir = join(root, 'i18n');

function findPackageRoot(start: string): string {
  let dir = start;
  while (!existsSync(join(dir, 'package.json'))) {
    const above = dirname(dir);
    if (above === dir) return start;
    dir = above;
  }
  return dir;
}
