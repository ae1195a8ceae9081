import { cleanLine } from './clean-text.js';
import { limits } from './limits.js';
import type { BouncedRecipient } from './parsed-mail.js';

const ADDRESS = /(?:^|[\s<"'(:])([^\s<>"'(),:;@]{1,64}@[a-z0-9][a-z0-9.-]{1,253})/i;
const STATUS = /(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)/;
const REPLY_CODE = /\b([45]\d\d)[ -]/;
// Below this the servers quote the mail that came back.
const ORIGINAL =
  /^-{2,}.*(?:copy of the message|original message|headers|исходное|оригинал)|^---? (?:Below this line|Enclosed)|^This is a copy of/i;
const MAX_LINES = 200;

/**
 * The recipients in the bounces of qmail, Exim, Gmail, Exchange, Mail.ru and others that write for people:
 * an address on its own line (or at its start), and the reason on the lines that follow.
 */
export function readTextBounce(text: string): BouncedRecipient[] {
  const found = new Map<string, BouncedRecipient>();
  let current: BouncedRecipient | null = null;
  for (const line of text.slice(0, limits.replyLength).split('\n', MAX_LINES)) {
    const short = line.slice(0, 1000);
    if (ORIGINAL.test(short)) break;
    const address = startingAddress(short);
    if (address !== null) {
      current = found.get(address) ?? { address, action: 'failed', status: '', diagnostic: '' };
      found.set(address, current);
    }
    if (current) noteReason(current, short, address);
  }
  return [...found.values()];
}

/** "<a@b.c>:", "  a@b.c", "<a@b.c>: host mx said: 550 …", but not an address in the middle of a sentence. */
function startingAddress(line: string): string | null {
  const match = ADDRESS.exec(line);
  if (!match || match[1] === undefined) return null;
  const before = line.slice(0, match.index + match[0].length - match[1].length);
  const isAlone =
    /^[\s<"'(*>-]*$/.test(before) ||
    /(?:recipient|address|получател\S*|адрес\S*|to)\s*:?\s*[<"]?$/i.test(before);
  return isAlone ? match[1].replace(/[.-]+$/, '') : null;
}

function noteReason(recipient: BouncedRecipient, line: string, address: string | null): void {
  recipient.status ||= STATUS.exec(line)?.[1] ?? '';
  const said =
    address === null ? line : line.slice(line.indexOf(address) + address.length).replace(/^[>"':)\s]+/, '');
  if (recipient.status === '' && REPLY_CODE.test(said))
    recipient.status = `${REPLY_CODE.exec(said)?.[1]?.[0] ?? '5'}.0.0`;
  if (said.trim() === '' || recipient.diagnostic.length > 500) return;
  recipient.diagnostic = cleanLine(`${recipient.diagnostic} ${said}`, 1000);
}
