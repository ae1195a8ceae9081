import Handlebars from 'handlebars';

import { HELPERS } from './helpers/helper-list.js';
import { ViewError } from './view-error.js';

/** A place in the source. */
export interface Mention {
  readonly name: string;
  readonly line: number;
}

export interface SlotUse extends Mention {
  /** Partial that each panel is wrapped in. */
  readonly wrap: string | undefined;
  readonly args: readonly SlotArgument[];
}

export interface SlotArgument {
  readonly name: string;
  /** Path from the data root, or a literal. */
  readonly value: { readonly path: readonly string[] } | { readonly literal: unknown };
}

/** What a template asks for, read from its syntax tree without running it. */
export interface TemplateAnalysis {
  readonly partials: readonly Mention[];
  /** Those of the partials that are printed by `kept`. */
  readonly kept: readonly Mention[];
  /** What depends on the visit: its rights, its frame, its forms. */
  readonly visit: readonly Mention[];
  readonly slots: readonly SlotUse[];
  readonly helpers: readonly Mention[];
  readonly icons: readonly Mention[];
  readonly assets: readonly Mention[];
  readonly texts: readonly (Mention & { readonly prefix: boolean })[];
  /** Lines that print without escaping (`{{{` and `{{&`). */
  readonly unescaped: readonly number[];
  /** What the rules for templates forbid: names of partials or slots that only run time would know. */
  readonly mistakes: readonly { readonly line: number; readonly message: string }[];
}

/** Parse a template and list what it uses. Throws TEMPLATE_BROKEN with file and line when it does not parse. */
export function analyseTemplate(source: string, file: string): TemplateAnalysis {
  const reader = new Reader();
  reader.accept(parse(source, file));
  const { kept, visit, slots, helpers, icons, assets, texts, unescaped, mistakes } = reader;
  const partials = reader.partials.filter(({ name }) => !reader.defined.has(name));
  return { partials, kept, visit, slots, helpers, icons, assets, texts, unescaped, mistakes };
}

function parse(source: string, file: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const line = Number(/on line (\d+)/.exec(message)?.[1] ?? / - (\d+):\d+$/.exec(message)?.[1] ?? 0);
    const first = message.split('\n')[0] ?? message;
    throw new ViewError('TEMPLATE_BROKEN', first, { file, line, cause });
  }
}

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

class Reader extends Handlebars.Visitor {
  readonly partials: Mention[] = [];
  readonly kept: Mention[] = [];
  readonly visit: Mention[] = [];
  readonly slots: SlotUse[] = [];
  readonly helpers: Mention[] = [];
  readonly icons: Mention[] = [];
  readonly assets: Mention[] = [];
  readonly texts: (Mention & { prefix: boolean })[] = [];
  readonly unescaped: number[] = [];
  readonly mistakes: { line: number; message: string }[] = [];
  readonly defined = new Set<string>();

  override MustacheStatement(node: hbs.AST.MustacheStatement): void {
    if (!node.escaped) this.unescaped.push(lineOf(node));
    this.call(node);
    this.shadowed(node);
    super.MustacheStatement(node);
  }

  override BlockStatement(node: hbs.AST.BlockStatement): void {
    this.call(node);
    super.BlockStatement(node);
  }

  override SubExpression(node: hbs.AST.SubExpression): void {
    this.call(node, true);
    super.SubExpression(node);
  }

  override PathExpression(node: hbs.AST.PathExpression): void {
    const [part] = node.parts;
    if (node.data && VISIT.has(`@${part}`)) this.visit.push({ name: `@${part}`, line: lineOf(node) });
    super.PathExpression(node);
  }

  override PartialStatement(node: hbs.AST.PartialStatement): void {
    this.partial(node.name, lineOf(node));
    super.PartialStatement(node);
  }

  override PartialBlockStatement(node: hbs.AST.PartialBlockStatement): void {
    this.partial(node.name, lineOf(node));
    super.PartialBlockStatement(node);
  }

  override DecoratorBlock(node: hbs.AST.DecoratorBlock): void {
    const name = literal(node.params[0]);
    if (name !== undefined) this.defined.add(name);
    super.DecoratorBlock(node);
  }

  // {{number}} calls the helper, not the value of that name.
  private shadowed({ path, params, hash, loc }: hbs.AST.MustacheStatement): void {
    if (!isPath(path) || params.length > 0 || (hash?.pairs.length ?? 0) > 0) return;
    // A single part after @ is taken for the helper as well.
    const name = path.data && path.parts.length === 1 ? String(path.parts[0]) : path.original;
    if (BARE.has(path.original) || !HELPER_NAMES.has(name)) return;
    const message = `{{${path.original}}} calls the helper "${name}"; write {{this.${name}}} for a value`;
    this.mistakes.push({ line: loc.start.line, message });
  }

  private partial(name: hbs.AST.Expression, line: number): void {
    if (isPath(name)) {
      if (name.original !== '@partial-block') this.partials.push({ name: name.original, line });
    } else {
      this.mistakes.push({ line, message: 'The name of a partial must be written out, not computed' });
    }
  }

  private call(node: Call, always = false): void {
    if (!isPath(node.path)) return;
    const name = node.path.original;
    const line = lineOf(node);
    const given = node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0;
    if (always || given || name.includes('-') || BARE.has(name)) this.helpers.push({ name, line });
    const first = node.params[0];
    if (name === 't') this.text(first, line);
    if (name === 'slot') this.slot(node, line);
    if (name === 'kept') this.keep(first, line);
    if (VISIT.has(name)) this.visit.push({ name, line });
    if (name === 'icon') pushLiteral(this.icons, first, line);
    if (name === 'asset') pushLiteral(this.assets, first, line);
  }

  private keep(partial: hbs.AST.Expression | undefined, line: number): void {
    const name = literal(partial);
    if (name === undefined)
      this.mistakes.push({ line, message: 'The name of a kept partial must be written out, not computed' });
    else {
      this.partials.push({ name, line });
      this.kept.push({ name, line });
    }
  }

  private text(key: hbs.AST.Expression | undefined, line: number): void {
    const whole = literal(key);
    if (whole !== undefined) this.texts.push({ name: whole, line, prefix: false });
    else if (
      key !== undefined &&
      isSubExpression(key) &&
      isPath(key.path) &&
      key.path.original === 'concat'
    ) {
      const start = literal(key.params[0]);
      if (start !== undefined) this.texts.push({ name: start, line, prefix: true });
    }
  }

  private slot(node: Call, line: number): void {
    const name = literal(node.params[0]);
    if (name === undefined) {
      this.mistakes.push({ line, message: 'The name of a slot must be written out, not computed' });
      return;
    }
    const pairs = node.hash?.pairs ?? [];
    const wrap = literal(pairs.find(({ key }) => key === 'wrap')?.value);
    if (wrap !== undefined) this.partials.push({ name: wrap, line });
    const args: SlotArgument[] = [];
    for (const pair of pairs) {
      if (pair.key === 'wrap') continue;
      const value = argument(pair.value);
      if (value === undefined) {
        this.mistakes.push({
          line,
          message: `The slot argument "${pair.key}" must be a path from the root or a literal`,
        });
      } else args.push({ name: pair.key, value });
    }
    this.slots.push({ name, line, wrap, args });
  }
}

// Helpers that are called without arguments; any other bare name is a value.
const HELPER_NAMES = new Set(HELPERS.map(({ name }) => name));
const BARE = new Set(['csrf', 'once']);
const VISIT = new Set([
  'csrf',
  'once',
  'slot',
  'when-can',
  'unless-can',
  '@page',
  '@here',
  '@theme',
  '@root',
]);

function argument(value: hbs.AST.Expression): SlotArgument['value'] | undefined {
  if (isPath(value)) {
    const path = value.data && value.parts[0] === 'root' ? value.parts.slice(1) : value.parts;
    const fromRoot = !value.data || value.parts[0] === 'root';
    return fromRoot && value.depth === 0 ? { path } : undefined;
  }
  const types = ['StringLiteral', 'NumberLiteral', 'BooleanLiteral'];
  return types.includes(value.type) && 'value' in value ? { literal: value.value } : undefined;
}

function pushLiteral(into: Mention[], value: hbs.AST.Expression | undefined, line: number): void {
  const name = literal(value);
  if (name !== undefined) into.push({ name, line });
}

function literal(value: hbs.AST.Expression | undefined): string | undefined {
  return value?.type === 'StringLiteral' && 'value' in value ? String(value.value) : undefined;
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function isSubExpression(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}

function lineOf(node: hbs.AST.Node): number {
  return node.loc.start.line;
}
