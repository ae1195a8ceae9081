/** A text inside a table. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A page of the reference. */
export const page = (title: string, words: string, lines: readonly string[]): string =>
  `# ${title}\n\n${words}\n\n${lines.join('\n')}\n`;
