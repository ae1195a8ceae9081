import type { Texts } from '../i18n/create-texts.js';
import { calendarDay } from '../i18n/format-times.js';
import type { TemplatePlaces } from './find-templates.js';
import { loadPanels, type PanelFailure, type PanelWork } from './load-panels.js';
import type { RenderScope } from './helpers/render-scope.js';
import type { RenderContext } from './render-context.js';
import { createKeeper } from './keep-printed.js';
import { safeHtml, type SafeHtml } from './safe-html.js';
import { createTemplateStore, type PreparedTemplate } from './template-store.js';

export interface ViewsOptions extends TemplatePlaces {
  readonly texts: Texts;
  /** Read templates again when they change; for development. */
  readonly watch?: boolean;
  /** Time that each panel of a plugin has; 150 ms. */
  readonly panelBudgetMs?: number | undefined;
  readonly onPanelFailure?: (failure: PanelFailure) => void;
}

/** The pages of the desk. */
export interface Views {
  /**
   * Print a view: load the panels of its slots, then render once. `data` is plain records; methods and getters
   * of classes are not seen. In the template `@page` is `context.page`, `@language` and `@theme`
   * are the reader's, `@here` is the page's own URL.
   */
  render(name: string, data: unknown, context: RenderContext): Promise<string>;
  /** Print one partial, such as a row that changed, the same way. */
  renderPartial(name: string, data: unknown, context: RenderContext): Promise<string>;
  has(name: string): boolean;
  /** Names of the slots that a view shows, those of its partials included. */
  slotsOf(name: string): string[];
  /** Compile everything now; the first broken template throws. */
  compileAll(): void;
}

/**
 * Handlebars pages. Names are looked up at the site, in the theme, in its parents, then in the owner's folder
 * (see `findTemplates`). Helpers are the closed list `HELPERS`.
 */
export function createViews({
  texts,
  watch,
  panelBudgetMs = 150,
  onPanelFailure,
  ...places
}: ViewsOptions): Views {
  const store = createTemplateStore(places, { ...(watch !== undefined && { watch }) });
  const keeper = createKeeper(KEPT_CHARACTERS);

  function scopeFor(context: RenderContext, panels: ReadonlyMap<string, SafeHtml>): RenderScope {
    const { language, timeZone, now, asset } = context;
    const visitless: RenderContext = { language, timeZone, now, asset, can: () => false };
    const day = calendarDay(now, { timeZone });
    const printBare = (partial: string, data: unknown): string =>
      runTemplate(store.partial(partial).run, data, inner);
    const kept = (partial: string, data: unknown): SafeHtml => {
      const key = `${partial} ${language} ${timeZone} ${day} ${JSON.stringify(data)}`;
      if (watch || key.length > KEPT_MOST) return safeHtml(printBare(partial, data));
      return safeHtml(keeper.keep(key, () => printBare(partial, data)));
    };
    const inner: RenderScope = { context: visitless, texts, panels: NO_PANELS, kept };
    return { context, texts, panels, kept };
  }

  async function print(
    { run, slots }: PreparedTemplate,
    data: unknown,
    context: RenderContext,
  ): Promise<string> {
    const bare = scopeFor(context, NO_PANELS);
    if (slots.length === 0) return runTemplate(run, data, bare);
    const work: PanelWork = {
      context,
      budgetMs: panelBudgetMs,
      printView: (name, inner) => runTemplate(store.view(name).run, inner, bare),
      printPartial: (name, inner) => runTemplate(store.partial(name).run, inner, bare),
      onFailure: (failure) => onPanelFailure?.(failure),
    };
    const panels = await loadPanels(slots, data, work);
    return runTemplate(run, data, { ...bare, panels });
  }

  return {
    render: async (name, data, context) => print(store.view(name), data, context),
    renderPartial: async (name, data, context) => print(store.partial(name), data, context),
    has: (name) => store.hasView(name),
    slotsOf: (name) => [...new Set(store.view(name).slots.map((slot) => slot.name))],
    compileAll() {
      const { views, partials } = store.names();
      for (const name of partials) store.partial(name);
      for (const name of views) store.view(name);
    },
  };
}

// About as much memory as one picture; a list of fifty tickets takes 80,000.
const KEPT_CHARACTERS = 4_000_000;
const KEPT_MOST = 20_000;

const NO_PANELS: ReadonlyMap<string, SafeHtml> = new Map();

function runTemplate(run: PreparedTemplate['run'], data: unknown, scope: RenderScope): string {
  const { language, theme, page, url } = scope.context;
  return run(data, { data: { scope, language, theme, page: page ?? {}, here: url } });
}
