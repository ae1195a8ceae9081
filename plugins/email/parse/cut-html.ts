import { deriveText } from './derive-text.js';

/** What mail programs put around or in front of the quote in their HTML. */
const MARKS: readonly RegExp[] = [
  /<(?:div|blockquote|span)\b[^<>]{0,300}\bclass\s*=\s*["']?[^"'<>]{0,200}\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote|zmail_extra|mail-quote-collapse|iwcQuote|ox-mail-quote|skype_quote)/i,
  /<(?:div|hr|table|span|blockquote|section)\b[^<>]{0,300}\bid\s*=\s*["']?(?:x_)*(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|yahoo_quoted|stopSpelling|zwchr|reply-intro|replyBlockquote|isForwardContent|isReplyContent|3D"?divRplyFwdMsg)/i,
  /<blockquote\b[^<>]{0,300}\btype\s*=\s*["']?cite/i,
  /<div\b[^<>]{0,300}\bname\s*=\s*["']?quote["'\s>]/i,
  /<div\b[^<>]{0,300}border:\s*none;\s*border-top:\s*solid\s*#(?:E1E1E1|B5C4DF)\s*1\.0pt/i,
];

/** The text in front of the quote by the structure of the HTML, or null when the structure shows none. */
export function replyFromHtml(html: string): string | null {
  let cut = -1;
  for (const mark of MARKS) {
    const at = html.search(mark);
    if (at >= 0 && (cut < 0 || at < cut)) cut = at;
  }
  if (cut < 0) return null;
  const reply = deriveText(html.slice(0, cut)).trim();
  return reply === '' ? null : reply;
}

/**
 * How much of the plain text the reply from the HTML covers: the two versions differ in white space and marks,
 * so only letters and digits are compared. -1 when they differ in those as well.
 */
export function lengthInText(text: string, reply: string): number {
  const wanted = squeeze(reply);
  if (wanted.length === 0) return -1;
  let matched = 0;
  let position = 0;
  for (const character of text) {
    position += character.length;
    if (!/[\p{L}\p{N}]/u.test(character)) continue;
    if (character !== wanted[matched]) return -1;
    matched += 1;
    if (matched === wanted.length) return position;
  }
  return -1;
}

function squeeze(text: string): string[] {
  return text.match(/[\p{L}\p{N}]/gu) ?? [];
}
