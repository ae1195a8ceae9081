import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Texts } from '../i18n/create-texts.js';
import { analyseTemplate, type TemplateAnalysis } from './analyse-template.js';
import { findTemplates, listTemplates, type TemplatePlaces } from './find-templates.js';
import { helperNames } from './helpers/create-handlebars.js';
import { listMarkupProblems } from './list-markup-problems.js';
import { readSpriteIcons } from './read-sprite-icons.js';
import { ViewError } from './view-error.js';

/** Something wrong in a template, for the person who wrote it. */
export interface TemplateProblem {
  readonly code: TemplateProblemCode;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export type TemplateProblemCode =
  | 'BROKEN'
  | 'HELPER_UNKNOWN'
  | 'PARTIAL_UNKNOWN'
  | 'SLOT_UNKNOWN'
  | 'TEXT_MISSING'
  | 'ICON_UNKNOWN'
  | 'UNESCAPED'
  | 'INLINE_CODE';

export interface CheckOptions extends TemplatePlaces {
  /** Texts of the theme, of core and of the plugins; without them labels are not checked. */
  readonly texts?: Texts;
  /** Slots that exist; a name that ends with `:` allows whatever follows. Without it they are not checked. */
  readonly slots?: readonly string[];
}

/**
 * Read every template of a folder (a theme's, the site's own or a plugin's `views/`) and name what will not work:
 * unknown helpers, partials, slots and icons, labels without a text, unescaped output, inline scripts and styles.
 * Nothing is run. The places tell what else is installed.
 */
export function checkTheme(dir: string, options: CheckOptions): TemplateProblem[] {
  const rules = { ...options, known: findTemplates(options), icons: readSpriteIcons(options) };
  return listTemplates(dir).flatMap((name) => checkTemplate(join(dir, `${name}.hbs`), rules));
}

interface Rules extends CheckOptions {
  readonly known: ReturnType<typeof findTemplates>;
  readonly icons: ReadonlySet<string>;
}

function checkTemplate(file: string, rules: Rules): TemplateProblem[] {
  const source = readFileSync(file, 'utf8');
  try {
    const analysis = analyseTemplate(source, file);
    const found = [...checkNames(analysis, rules), ...checkOutput(analysis), ...listMarkupProblems(source)];
    return found.map((problem) => ({ ...problem, file })).toSorted((a, b) => a.line - b.line);
  } catch (error) {
    const line = error instanceof ViewError ? (error.line ?? 0) : 0;
    return [{ code: 'BROKEN', file, line, message: error instanceof Error ? error.message : String(error) }];
  }
}

type Found = Omit<TemplateProblem, 'file'>;

function* checkNames(analysis: TemplateAnalysis, { known, texts, slots, icons }: Rules): Generator<Found> {
  for (const { name, line } of analysis.helpers) {
    if (!helperNames.has(name))
      yield { code: 'HELPER_UNKNOWN', line, message: `There is no helper "${name}"` };
  }
  for (const { name, line } of analysis.partials) {
    if (!known.partials.has(name))
      yield { code: 'PARTIAL_UNKNOWN', line, message: `There is no partial "${name}"` };
  }
  for (const { name, line } of analysis.slots) {
    if (slots !== undefined && !slots.some((slot) => fits(slot, name))) {
      yield { code: 'SLOT_UNKNOWN', line, message: `There is no slot "${name}"` };
    }
  }
  for (const { name, line, prefix } of analysis.texts) {
    const present = texts === undefined || (prefix ? texts.hasPrefix(name) : texts.has(name));
    if (!present)
      yield { code: 'TEXT_MISSING', line, message: `There is no text "${name}${prefix ? '…' : ''}"` };
  }
  for (const { name, line } of analysis.icons) {
    if (icons.size > 0 && !icons.has(name))
      yield { code: 'ICON_UNKNOWN', line, message: `There is no icon "${name}"` };
  }
}

function* checkOutput({ unescaped, mistakes }: TemplateAnalysis): Generator<Found> {
  for (const line of unescaped) {
    yield { code: 'UNESCAPED', line, message: 'Output must be escaped; {{{ and {{& are refused' };
  }
  for (const { line, message } of mistakes) yield { code: 'BROKEN', line, message };
}

function fits(slot: string, name: string): boolean {
  return slot.endsWith(':') ? name.startsWith(slot) : slot === name;
}
