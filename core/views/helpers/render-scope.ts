import type { Texts } from '../../i18n/create-texts.js';
import type { RenderContext } from '../render-context.js';
import type { SafeHtml } from '../safe-html.js';

/** What helpers reach during one rendering; handed through Handlebars' private data. */
export interface RenderScope {
  readonly context: RenderContext;
  readonly texts: Texts;
  /** Panels that were loaded before, by `slotKey`. */
  readonly panels: ReadonlyMap<string, SafeHtml>;
  /** Prints a partial that knows nothing of the visit, or remembers how it was printed. */
  kept(partial: string, data: unknown): SafeHtml;
}

/** The scope of the rendering that a helper is called in. */
export function scopeOf(options: Handlebars.HelperOptions): RenderScope {
  // The root and every frame below it carry the scope that `createViews` put there.
  const scope: RenderScope = options.data.scope;
  return scope;
}
