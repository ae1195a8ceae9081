import { cleanText } from './clean-text.js';
import { decodeBytes } from './decode-bytes.js';
import { bareWords, deriveText } from './derive-text.js';
import { limits } from './limits.js';
import type { Sanitiser } from './load-sanitiser.js';
import { isNestedDeeper } from './measure-depth.js';
import type { Part } from './take-part.js';
import { unflowText } from './unflow-text.js';
import { extractUuFiles, type UuFile } from './uudecode.js';

export interface Body {
  text: string;
  /** As the sender wrote it, for finding quotes; never to be shown. */
  rawHtml: string;
  html: string;
  remoteImages: number;
  uuFiles: UuFile[];
  isCut: boolean;
}

/** HTML nested deeper than any program writes it is shown as its bare words. */
const MAX_DEPTH = 1000;

interface TextPiece {
  part: Part;
  isHtml: boolean;
  text: string;
}

/** The text and the HTML of a mail from its text parts, in their order. */
export function assembleBody(parts: readonly Part[], sanitiser: Sanitiser): Body {
  const uuFiles: UuFile[] = [];
  const pieces = chooseTexts(parts).map((part) => readPiece(part, uuFiles));
  const htmlPieces = pieces.filter((piece) => piece.isHtml);
  const body = { text: joinText(pieces), rawHtml: htmlPieces.map((piece) => piece.text).join('\n'), uuFiles };
  const isCut = parts.some((part) => part.isCut) || body.rawHtml.length > limits.htmlLength;
  return { ...body, ...joinHtml(pieces, sanitiser), isCut };
}

/** A mail whose only text has a file name would otherwise be empty. */
function chooseTexts(parts: readonly Part[]): Part[] {
  const texts = parts.filter((part) => part.file === null && part.bytes !== null);
  if (texts.length > 0) return texts;
  const named = parts.find(
    (part) => /^text\/(?:plain|html)$/.test(part.contentType) && part.disposition !== 'attachment',
  );
  return named ? [named] : [];
}

function readPiece(part: Part, uuFiles: UuFile[]): TextPiece {
  const bytes = part.bytes ?? Buffer.alloc(0);
  if (part.contentType === 'text/html') {
    const html = readHtml(bytes, part.charset);
    return isNestedDeeper(html, MAX_DEPTH)
      ? { part, isHtml: false, text: bareWords(html) }
      : { part, isHtml: true, text: html };
  }
  const decoded = cleanText(decodeBytes(bytes, part.charset)).replace(/\r\n?/g, '\n');
  const isFlowed = part.params.get('format')?.toLowerCase() === 'flowed';
  const text = isFlowed ? unflowText(decoded, part.params.get('delsp')?.toLowerCase() === 'yes') : decoded;
  const extracted = extractUuFiles(text);
  uuFiles.push(...extracted.files);
  return { part, isHtml: false, text: extracted.text };
}

const META_CHARSET = /<meta[^>]{1,200}charset\s*=\s*["']?([\w.:-]{2,40})/i;

function readHtml(bytes: Buffer, charset: string | null): string {
  const meta = charset === null ? META_CHARSET.exec(bytes.toString('latin1', 0, 4096))?.[1] : undefined;
  const label = charset ?? (meta && /^utf-?(?:7|16)/i.test(meta) ? undefined : meta);
  return cleanText(decodeBytes(bytes, label)).replace(/\r\n?/g, '\n');
}

/** HTML counts where it is the only version of its text. */
function joinText(pieces: readonly TextPiece[]): string {
  const texts: string[] = [];
  let room: number = limits.htmlLength;
  for (const piece of pieces) {
    if (!piece.isHtml) {
      texts.push(piece.text);
    } else if (room > 0 && !hasPlainVersion(piece, pieces)) {
      texts.push(deriveText(piece.text.slice(0, room)));
      room -= piece.text.length;
    }
  }
  return texts.filter((text, index) => text !== '' || index === 0).join('\n');
}

function hasPlainVersion(piece: TextPiece, pieces: readonly TextPiece[]): boolean {
  const { alternative } = piece.part;
  if (alternative === null) return false;
  return pieces.some(
    (other) => !other.isHtml && other.part.alternative === alternative && other.text.trim() !== '',
  );
}

/** Each part is sanitised alone: a comment left open in one must not swallow the next. */
function joinHtml(
  pieces: readonly TextPiece[],
  sanitiser: Sanitiser,
): { html: string; remoteImages: number } {
  if (!pieces.some((piece) => piece.isHtml)) return { html: '', remoteImages: 0 };
  let remoteImages = 0;
  let room: number = limits.htmlLength;
  const joined: string[] = [];
  for (const piece of pieces) {
    const isVersion = !piece.isHtml && pieces.some((other) => other.isHtml && sameAlternative(other, piece));
    if (isVersion || room <= 0 || piece.text.trim() === '') continue;
    const source = piece.isHtml ? piece.text : plainAsHtml(piece.text, sanitiser);
    const clean = sanitiser.sanitiseHtml(source.slice(0, room), { remoteImages: 'block' });
    room -= source.length;
    remoteImages += clean.remoteImages;
    joined.push(clean.html);
  }
  return { html: joined.join('\n'), remoteImages };
}

function sameAlternative(a: TextPiece, b: TextPiece): boolean {
  return a.part.alternative !== null && a.part.alternative === b.part.alternative;
}

function plainAsHtml(text: string, sanitiser: Sanitiser): string {
  return `<div>${sanitiser.escapeHtml(text.trim()).replace(/\n/g, '<br>')}</div>`;
}
