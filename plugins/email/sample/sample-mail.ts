import type { Language } from './language.js';
import { enMails } from './en-mails.js';
import { ruMails } from './ru-mails.js';

/** A letter before it is written out. Lines of the body may be as long as they like. */
export interface MailDraft {
  readonly key: string;
  readonly from: readonly [name: string, address: string];
  readonly to: string;
  readonly subject: string;
  readonly hoursAgo: number;
  readonly text: string;
  readonly html?: string;
  readonly file?: { readonly name: string; readonly type: string; readonly base64: string };
  /** Keys of the letters before it. */
  readonly after?: readonly string[];
  readonly headers?: readonly string[];
}

export interface SampleMail {
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
  readonly date: Date;
  /** RFC 5322 with MIME, ASCII only, CRLF. */
  readonly raw: string;
}

const hourMs = 3_600_000;

const drafts: Readonly<Record<Language, readonly MailDraft[]>> = { ru: ruMails, en: enMails };

/** A dozen letters to try an empty help desk with, oldest first; all within the three days before `now`. */
export function sampleMails(language: Language, now: Date): SampleMail[] {
  return drafts[language]
    .map((draft) => writeOut(draft, new Date(now.getTime() - draft.hoursAgo * hourMs)))
    .toSorted((a, b) => a.date.getTime() - b.date.getTime());
}

function writeOut(draft: MailDraft, date: Date): SampleMail {
  const { key, from, to, subject, after = [], headers = [] } = draft;
  const ids = after.map(messageIdOf);
  const head = [
    `From: ${encodeWords(from[0])} <${from[1]}>`,
    `To: <${to}>`,
    `Subject: ${encodeWords(subject)}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageIdOf(key)}`,
    ...(ids.length ? [`In-Reply-To: ${ids.at(-1)}`, `References: ${ids.join('\r\n ')}`] : []),
    ...headers,
    'MIME-Version: 1.0',
  ];
  const raw = `${head.join('\r\n')}\r\n${bodyOf(draft)}\r\n`;
  return { messageId: messageIdOf(key), from: from[1], subject, date, raw };
}

function messageIdOf(key: string): string {
  return `<${key}@sample.example>`;
}

function bodyOf({ key, text, html, file }: MailDraft): string {
  const plain = part('text/plain; charset=utf-8', toBase64(text));
  const words = html
    ? multipart('alternative', `alt-${key}`, [plain, part('text/html; charset=utf-8', toBase64(html))])
    : plain;
  if (!file) return words;
  const name = `filename*=utf-8''${encodeURIComponent(file.name)}`;
  return multipart('mixed', `mix-${key}`, [
    words,
    part(file.type, file.base64, `Content-Disposition: attachment; ${name}`),
  ]);
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  const inside = parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inside}--${boundary}--`;
}

function part(type: string, base64: string, ...headers: readonly string[]): string {
  const lines = base64.match(/.{1,76}/g) ?? [];
  return [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...headers, '', ...lines].join(
    '\r\n',
  );
}

function toBase64(text: string): string {
  return Buffer.from(text.replaceAll('\n', '\r\n'), 'utf8').toString('base64');
}

// RFC 2047 allows 75 characters a word: 14 letters of at most three bytes fit.
function encodeWords(text: string): string {
  if (/^[\w ?!'-]*$/.test(text)) return text;
  const pieces = text.match(/[\s\S]{1,14}/gu) ?? [];
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece, 'utf8').toString('base64')}?=`).join('\r\n ');
}
