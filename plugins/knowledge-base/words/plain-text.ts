/** What is left of Markdown when it is read aloud: for excerpts, descriptions and counts of words. */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/!\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replaceAll(/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replaceAll(/^\s*(?:#{1,6}|>|[-*+]|\d{1,3}[.)]|```.*|~~~.*)\s/gm, '')
    .replaceAll(/[*`|]+|__/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const WORDS_A_MINUTE = 180;

/** How long reading takes, in minutes; at least one. */
export const readingMinutes = (markdown: string): number =>
  Math.max(1, Math.round(plainText(markdown).split(' ').length / WORDS_A_MINUTE));

/** The first words of a text, cut between words. */
export function firstWords(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, cut.lastIndexOf(' ') > most / 2 ? cut.lastIndexOf(' ') : most)}…`;
}
