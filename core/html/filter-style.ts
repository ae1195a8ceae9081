/** Longest inline style that is looked at; the rest of a longer one is dropped. */
const MAX_STYLE_LENGTH = 2000;

const ALLOWED_PROPERTIES = new Set([
  'background-color',
  'border',
  'border-bottom',
  'border-collapse',
  'border-color',
  'border-left',
  'border-radius',
  'border-right',
  'border-spacing',
  'border-style',
  'border-top',
  'border-width',
  'color',
  'direction',
  'font',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'height',
  'letter-spacing',
  'line-height',
  'list-style-type',
  'margin',
  'margin-bottom',
  'margin-left',
  'margin-right',
  'margin-top',
  'max-width',
  'min-width',
  'padding',
  'padding-bottom',
  'padding-left',
  'padding-right',
  'padding-top',
  'table-layout',
  'text-align',
  'text-decoration',
  'text-indent',
  'text-transform',
  'vertical-align',
  'white-space',
  'width',
  'word-break',
  'word-wrap',
]);

// No backslash, slash, at-sign or angle bracket: nothing that can spell url(), a comment or an escape.
const PLAIN_VALUE = /^[\p{L}\p{N}\s#%.,'"!+-]+$/u;
const COLOUR_FUNCTION = /\b(?:rgba?|hsla?)\([\d\s.,%]{1,60}\)/gi;
// A negative margin or indent pulls text over its surroundings or out of sight.
const NEGATIVE = /(?:^|\s)-/;

/** The declarations of an inline style that can only change how its own text looks, or '' for none. */
export function filterStyle(style: string): string {
  const kept: string[] = [];
  for (const declaration of style.slice(0, MAX_STYLE_LENGTH).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 1) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (isHarmless(property, value)) kept.push(`${property}:${value}`);
  }
  return kept.join(';');
}

function isHarmless(property: string, value: string): boolean {
  if (!ALLOWED_PROPERTIES.has(property) || value === '') return false;
  if (!PLAIN_VALUE.test(value.replace(COLOUR_FUNCTION, 'c'))) return false;
  return !(NEGATIVE.test(value) && /^(?:margin|text-indent|letter-spacing)/.test(property));
}
