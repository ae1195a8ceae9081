/** What a file is answered as: its type by its own first bytes, and whether a browser may show it in place. */
export interface ServedType {
  readonly type: string;
  readonly isShown: boolean;
}

const pictures: readonly { type: string; is: (head: Buffer) => boolean }[] = [
  { type: 'image/png', is: (head) => head.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', is: (head) => head.toString('latin1', 0, 3) === '\xff\xd8\xff' },
  { type: 'image/gif', is: (head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6)) },
  { type: 'image/webp', is: (head) => /^RIFF[^]{4}WEBP/.test(head.toString('latin1', 0, 12)) },
];

/** How many bytes decide. */
export const HEAD_BYTES = 512;

/** What its sender called a file decides nothing; at most that plain text stays plain text. */
export function servedType(head: Buffer, declared: string): ServedType {
  const picture = pictures.find(({ is }) => is(head));
  if (picture) return { type: picture.type, isShown: true };
  if (head.toString('latin1', 0, 5) === '%PDF-') return { type: 'application/pdf', isShown: false };
  if (/^text\/plain\b/i.test(declared) && !head.includes(0))
    return { type: 'text/plain; charset=utf-8', isShown: false };
  return { type: 'application/octet-stream', isShown: false };
}

// Controls, marks that turn the direction of writing, signs without width: they make "gpj.exe" look like a picture.
const DECEIVING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A name without anything that hides what it is, and without folders. */
export function cleanFileName(name: string): string {
  const clean = name
    .toWellFormed()
    .replaceAll(DECEIVING, '')
    .replaceAll(/[\\/:*?"<>|]/g, '_')
    .trim();
  return Array.from(clean).slice(-150).join('') || 'file';
}

/** Content-Disposition by RFC 6266: a plain name for old readers, the whole one behind it. */
export function disposition(name: string, isShown: boolean): string {
  const clean = cleanFileName(name);
  const plain = clean.replaceAll(/[^\x20-\x7e]|[%;]/g, '_');
  const whole = encodeURIComponent(clean).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isShown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
