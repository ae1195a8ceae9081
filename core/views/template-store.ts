import { readFileSync, statSync } from 'node:fs';

import Handlebars from 'handlebars';

import { analyseTemplate, type Mention, type SlotUse, type TemplateAnalysis } from './analyse-template.js';
import { findTemplates, type TemplatePlaces } from './find-templates.js';
import { createHandlebars, helperNames } from './helpers/create-handlebars.js';
import { ViewError } from './view-error.js';

/** A template that is ready to run, with the slots of itself and of every partial it uses. */
export interface PreparedTemplate {
  readonly run: Handlebars.TemplateDelegate<unknown>;
  readonly slots: readonly SlotUse[];
}

/** Templates read, checked and compiled once; with `watch` again when a file has changed. */
export interface TemplateStore {
  view(name: string): PreparedTemplate;
  partial(name: string): PreparedTemplate;
  hasView(name: string): boolean;
  /** Every view and partial, by name. */
  names(): { views: string[]; partials: string[] };
}

interface Loaded {
  readonly file: string;
  readonly modified: number;
  readonly analysis: TemplateAnalysis;
  readonly run: Handlebars.TemplateDelegate<unknown>;
}

export function createTemplateStore(places: TemplatePlaces, { watch = false } = {}): TemplateStore {
  const engine = createHandlebars();
  const files = watch ? () => findTemplates(places) : always(findTemplates(places));
  const load = createLoader(engine, watch);
  const prepared = new Map<string, PreparedTemplate>();

  function prepare(file: string): PreparedTemplate {
    // In development a new file may shadow another one, so nothing but the compiled files is kept.
    const known = watch ? undefined : prepared.get(file);
    if (known !== undefined) return known;
    const root = load(file);
    const slots = [...root.analysis.slots];
    registerPartials(root, { partials: files().partials, seen: new Set(), slots });
    const ready = { run: root.run, slots };
    prepared.set(file, ready);
    return ready;
  }

  function registerPartials({ analysis, file }: Loaded, found: Found): void {
    for (const { name, line } of analysis.partials) {
      if (found.seen.has(name)) continue;
      found.seen.add(name);
      const path = found.partials.get(name);
      // Also for {{#> layout}}: Handlebars would print the page without its frame and say nothing.
      if (path === undefined) throw missing('PARTIAL_MISSING', name, { file, line });
      const partial = load(path);
      engine.registerPartial(name, partial.run);
      found.slots.push(...partial.analysis.slots);
      registerPartials(partial, found);
    }
    for (const kept of analysis.kept) refuseVisit(kept, file, found);
  }

  /** What is remembered for everybody may not show what is one visitor's. */
  function refuseVisit({ name, line }: Mention, file: string, { partials }: Found): void {
    const seen = new Set<string>();
    const look = (partial: string): void => {
      const path = partials.get(partial);
      if (seen.has(partial) || path === undefined) return;
      seen.add(partial);
      const { analysis } = load(path);
      const [found] = analysis.visit;
      if (found) {
        const message = `"${name}" is kept, so it may not use ${found.name} (${partial}, line ${found.line})`;
        throw new ViewError('TEMPLATE_BROKEN', message, { file, line });
      }
      for (const inner of analysis.partials) look(inner.name);
    };
    look(name);
  }

  function get(code: 'VIEW_MISSING' | 'PARTIAL_MISSING', name: string): PreparedTemplate {
    const { views, partials } = files();
    const file = (code === 'VIEW_MISSING' ? views : partials).get(name);
    if (file === undefined) throw missing(code, name);
    return prepare(file);
  }

  return {
    view: (name) => get('VIEW_MISSING', name),
    partial: (name) => get('PARTIAL_MISSING', name),
    hasView: (name) => files().views.has(name),
    names: () => ({ views: [...files().views.keys()], partials: [...files().partials.keys()] }),
  };
}

interface Found {
  readonly partials: ReadonlyMap<string, string>;
  readonly seen: Set<string>;
  readonly slots: SlotUse[];
}

function createLoader(engine: typeof Handlebars, watch: boolean): (file: string) => Loaded {
  const loaded = new Map<string, Loaded>();
  return (file) => {
    const known = loaded.get(file);
    const modified = watch ? modifiedAt(file) : 0;
    if (known?.modified === modified) return known;
    const fresh = { file, modified, ...compile(engine, readFileSync(file, 'utf8'), file) };
    loaded.set(file, fresh);
    return fresh;
  };
}

function always<T>(value: T): () => T {
  return () => value;
}

function missing(code: 'VIEW_MISSING' | 'PARTIAL_MISSING', name: string, where = {}): ViewError {
  return new ViewError(code, `There is no ${code === 'VIEW_MISSING' ? 'view' : 'partial'} "${name}"`, where);
}

function compile(engine: typeof Handlebars, source: string, file: string) {
  const analysis = analyseTemplate(source, file);
  refuseUnsafe(analysis, file);
  const run = engine.compile<unknown>(source, {
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: KNOWN,
  });
  return { analysis, run };
}

function refuseUnsafe({ unescaped, mistakes, helpers }: TemplateAnalysis, file: string): void {
  if (unescaped.length > 0) {
    const message = 'Templates may not print without escaping; {{{ and {{& are refused';
    throw new ViewError('TEMPLATE_UNSAFE', message, { file, line: unescaped[0] ?? 0 });
  }
  const [mistake] = mistakes;
  if (mistake !== undefined)
    throw new ViewError('TEMPLATE_BROKEN', mistake.message, { file, line: mistake.line });
  const unknown = helpers.find(({ name }) => !helperNames.has(name));
  if (unknown !== undefined) {
    throw new ViewError('TEMPLATE_BROKEN', `There is no helper "${unknown.name}"`, {
      file,
      line: unknown.line,
    });
  }
}

const KNOWN = Object.fromEntries([...helperNames].map((name) => [name, true]));

function modifiedAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return -1;
  }
}
