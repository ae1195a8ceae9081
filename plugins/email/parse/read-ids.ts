import { cleanText } from './clean-text.js';
import { limits } from './limits.js';

/** Message-IDs of Message-ID, In-Reply-To or References, each once, in order, with angle brackets. */
export function readIds(values: readonly string[]): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    for (const id of findIds(value.slice(0, limits.headerLength))) {
      const clean = cleanText(Buffer.from(id, 'latin1').toString('utf8'));
      if (clean.length <= limits.messageIdLength) ids.add(clean);
    }
  }
  return newest([...ids]);
}

function findIds(value: string): string[] {
  const bracketed = value.match(/<[^<>]{1,2000}>/g);
  if (bracketed) return bracketed.map((id) => id.replace(/\s+/g, '')).filter((id) => id.length > 2);
  const words = value
    .split(/[\s,]+/)
    .map((word) => word.replace(/^[<"]+|[>"]+$/g, ''))
    .filter((word) => word !== '');
  // "Your message of Monday" is no id: more than one word has to look like ids.
  const ids = words.length === 1 ? words : words.filter((word) => word.includes('@'));
  return ids.map((word) => `<${word}>`);
}

/** A thread keeps its root and its latest messages; what lies between adds nothing. */
function newest(ids: string[]): string[] {
  if (ids.length <= limits.references) return ids;
  return [...ids.slice(0, 1), ...ids.slice(1 - limits.references)];
}
