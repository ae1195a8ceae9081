import type { Random } from './random.js';

/** What a template's `{slots}` may say. Functions get the forms after the colon: `{g:первый|первая}`. */
export interface Slots {
  readonly words: Readonly<Record<string, string>>;
  readonly forms: Readonly<Record<string, (forms: readonly string[]) => string>>;
}

type Part =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'slot'; readonly name: string }
  | { readonly is: 'forms'; readonly name: string; readonly forms: readonly string[] }
  | { readonly is: 'choice'; readonly choices: readonly (readonly Part[])[] };

const compiled = new Map<string, readonly Part[]>();
const token = /\[([^\]]*)\]|\{([a-zA-Z_]+)(?::([^}]*))?\}/g;
const sentenceStart = /(^|[.!?]\s+|\n)(\p{Ll})/gu;

/** Fill a template: `[one|another]` chooses, `{slot}` inserts, sentences start with a capital. */
export function fill(template: string, slots: Slots, random: Random): string {
  return fillPlain(template, slots, random).replace(
    sentenceStart,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** The same with every letter as it stands: for signatures and file names. */
export function fillPlain(template: string, slots: Slots, random: Random): string {
  let parts = compiled.get(template);
  if (!parts) compiled.set(template, (parts = compile(template)));
  return say(parts, slots, random);
}

function compile(template: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of template.matchAll(token)) {
    if (match.index > end) parts.push({ is: 'text', text: template.slice(end, match.index) });
    parts.push(partOf(match));
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ is: 'text', text: template.slice(end) });
  return parts;
}

function partOf([, choice, name = '', forms]: RegExpExecArray): Part {
  if (choice !== undefined) return { is: 'choice', choices: splitChoices(choice).map(compile) };
  return forms === undefined ? { is: 'slot', name } : { is: 'forms', name, forms: forms.split('|') };
}

// A bar inside braces belongs to the slot's forms, not to the choice around it.
function splitChoices(choice: string): string[] {
  return choice.split(/\|(?![^{}]*\})/);
}

function say(parts: readonly Part[], slots: Slots, random: Random): string {
  let text = '';
  for (const part of parts) text += sayPart(part, slots, random);
  return text;
}

function sayPart(part: Part, slots: Slots, random: Random): string {
  switch (part.is) {
    case 'text':
      return part.text;
    case 'choice':
      return say(random.pick(part.choices), slots, random);
    case 'slot':
      return known(slots.words[part.name], part.name);
    default:
      return known(slots.forms[part.name], part.name)(part.forms);
  }
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new RangeError(`a template names the unknown slot "${name}"`);
  return value;
}
