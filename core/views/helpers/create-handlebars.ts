import Handlebars from 'handlebars';

import { HELPERS } from './helper-list.js';
import { htmlHelpers } from './html-helpers.js';
import { logicHelpers } from './logic-helpers.js';
import { textHelpers } from './text-helpers.js';

/** Names that a template may call. */
export const helperNames: ReadonlySet<string> = new Set(HELPERS.map(({ name }) => name));

/** A Handlebars of our own: the listed helpers and no others. */
export function createHandlebars(): typeof Handlebars {
  const engine = Handlebars.create();
  for (const name of Object.keys(engine.helpers)) {
    if (!helperNames.has(name) && !INTERNAL.has(name)) engine.unregisterHelper(name);
  }
  engine.registerHelper({ ...textHelpers, ...htmlHelpers, ...logicHelpers });
  return engine;
}

// Handlebars calls these itself for {{#name}} blocks and for names that are not there.
const INTERNAL = new Set(['blockHelperMissing', 'helperMissing']);
