import { limits } from './limits.js';

export interface Header {
  /** Lower case. */
  name: string;
  /** Unfolded, one character a byte: still to be decoded. */
  value: string;
}

const FIELD = /^([!-9;-~]{1,100})[ \t]*:(.*)$/s;

export interface MailHead {
  headers: Header[];
  bodyStart: number;
  /** False where the body follows without the blank line that should be in between. */
  isSeparated: boolean;
}

/**
 * The header of a mail, read with patience: CRLF, LF, CR or CRCRLF line ends, an mbox "From " line, blank lines
 * before the start, lines in between that are no header, and a missing blank line at the end are all taken.
 */
export function readHeaders(head: Buffer): MailHead {
  const text = head.toString('latin1', 0, limits.headBytes);
  const headers: Header[] = [];
  let position = skipLeading(text);
  while (position < text.length && headers.length < limits.headerCount) {
    const line = readLine(text, position);
    const isBlank = line.text.trim() === '' && (line.text === '' || headers.length === 0);
    if (isBlank) return { headers, bodyStart: headers.length > 0 ? line.next : position, isSeparated: true };
    if (!takeLine(headers, line.text) && !hasHeadersBelow(text, line.next)) {
      return { headers, bodyStart: position, isSeparated: false };
    }
    position = line.next;
  }
  return { headers, bodyStart: position, isSeparated: true };
}

const USUAL_FIELD =
  /^(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]{4,30}|received|reply-to|return-path|x-[a-z-]{2,40})[ \t]*:/i;
const MAX_LINES_BELOW = 60;

/** A broken line in the middle of a header is told from the start of a body by what stands below it. */
function hasHeadersBelow(text: string, start: number): boolean {
  let position = start;
  for (let count = 0; count < MAX_LINES_BELOW && position < text.length; count += 1) {
    const line = readLine(text, position);
    if (line.text === '') return false;
    if (USUAL_FIELD.test(line.text)) return true;
    position = line.next;
  }
  return false;
}

/** The first value of a header, or undefined. */
export function firstHeader(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name === name)?.value;
}

export function allHeaders(headers: readonly Header[], name: string): string[] {
  return headers.filter((header) => header.name === name).map((header) => header.value);
}

function takeLine(headers: Header[], line: string): boolean {
  const last = headers.at(-1);
  if (/^[ \t]/.test(line)) {
    if (last && last.value.length < limits.headerLength) last.value += line.replace(/^[ \t]+/, ' ');
    return last !== undefined;
  }
  const field = FIELD.exec(line);
  if (!field) return headers.length === 0 ? /^From (?!\s*:)/.test(line) : line.startsWith('>From ');
  const [, name = '', value = ''] = field;
  headers.push({ name: name.toLowerCase(), value: value.slice(0, limits.headerLength).trim() });
  return true;
}

function skipLeading(text: string): number {
  const start = text.startsWith('\xEF\xBB\xBF') ? 3 : 0;
  const blank = /[\r\n]{0,1000}/y;
  blank.lastIndex = start;
  blank.test(text);
  return blank.lastIndex;
}

const LINE_END = /\r*\n|\r/g;

function readLine(text: string, position: number): { text: string; next: number } {
  LINE_END.lastIndex = position;
  const end = LINE_END.exec(text);
  if (!end) return { text: text.slice(position), next: text.length };
  return { text: text.slice(position, end.index), next: LINE_END.lastIndex };
}
