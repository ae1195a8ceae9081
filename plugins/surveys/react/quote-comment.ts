/** A stranger's words as a quotation in Markdown: no heading, link, picture or mention of theirs comes to life. */
export function quoteComment(comment: string): string {
  if (comment === '') return '';
  const inert = comment.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~@:/&=]/g, String.raw`\$&`);
  return inert
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line.trimStart()}`)
    .join('\n');
}
