import { cleanText } from './clean-text.js';
import { limits } from './limits.js';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/x-vcard': 'vcf',
  'text/vcard': 'vcf',
  'text/directory': 'vcf',
  'text/csv': 'csv',
  'text/rtf': 'rtf',
  'text/enriched': 'txt',
  'text/rfc822-headers': 'txt',
  'message/rfc822': 'eml',
  'message/global': 'eml',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
  'message/feedback-report': 'txt',
  'message/partial': 'eml',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/pjpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif',
  'image/x-icon': 'ico',
  'image/vnd.microsoft.icon': 'ico',
  'audio/mpeg': 'mp3',
  'audio/x-wav': 'wav',
  'audio/ogg': 'ogg',
  'video/quicktime': 'mov',
  'video/mpeg': 'mpg',
  'application/ics': 'ics',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/ms-tnef': 'dat',
  'application/vnd.ms-tnef': 'dat',
  'application/x-gzip': 'gz',
  'application/gzip': 'gz',
  'application/x-zip-compressed': 'zip',
  'application/javascript': 'js',
  'application/postscript': 'ps',
  'application/octet-stream': 'bin',
};

const KNOWN_NAMES: Readonly<Record<string, string>> = {
  'application/pgp-signature': 'signature.asc',
  'application/pgp-encrypted': 'version.asc',
  'application/pgp-keys': 'keys.asc',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'application/ms-tnef': 'winmail.dat',
  'application/vnd.ms-tnef': 'winmail.dat',
  'text/calendar': 'invite.ics',
};

// oxlint-disable-next-line no-control-regex -- control characters are what is removed
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g;
// Zero-width and direction marks turn "exe.pdf" round for the reader.
const INVISIBLE = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A name from a mail made safe as a file name of at most 255 bytes, or null when nothing is left of it. */
export function safeFileName(name: string): string | null {
  const clean = cleanText(name.slice(0, 4096))
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(/[/\\]/g, '_')
    .trim()
    .replace(/^\.+(?=.)/, (dots) => (dots.length > 1 ? '_' : dots))
    .replace(/[. ]+$/, '');
  if (clean === '' || /^[._]*$/.test(clean)) return null;
  return shorten(RESERVED.test(clean) ? `_${clean}` : clean);
}

/** A name for an attachment that has none, for example attachment-2.png. */
export function makeUpName(contentType: string, ordinal: number): string {
  return KNOWN_NAMES[contentType] ?? `attachment-${ordinal}.${extensionOf(contentType)}`;
}

export function extensionOf(contentType: string): string {
  const known = EXTENSIONS[contentType];
  if (known) return known;
  const subtype = contentType.slice(contentType.indexOf('/') + 1).replace(/^x-/, '');
  return /^[a-z0-9]{1,5}$/.test(subtype) ? subtype : 'bin';
}

/** Cuts in front of the extension, and never through a character. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= limits.fileNameBytes) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  const room = limits.fileNameBytes - extension.length;
  let stem = '';
  let bytes = 0;
  for (const character of name.slice(0, name.length - extension.length)) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    stem += character;
  }
  return stem + extension;
}
