import type { Body } from './assemble-body.js';
import { cutText } from './clean-text.js';
import { makeUpName, safeFileName } from './name-attachment.js';
import type { MailAttachment } from './parsed-mail.js';
import { storeBytes } from './store-attachment.js';
import type { Part } from './take-part.js';

const MAX_TYPE_LENGTH = 127;
// Other spellings of the text itself, for clients that understand them.
const SPELLINGS = new Set(['text/x-amp-html', 'text/watch-html', 'text/enriched', 'text/richtext']);

/** Everything in the mail that is a file, in order of appearance; uuencoded files of the text come last. */
export async function listAttachments(
  parts: readonly Part[],
  body: Body,
  folder: string,
): Promise<MailAttachment[]> {
  const attachments = parts.flatMap((part) =>
    isListed(part) ? [describePart(part, part.file, body.rawHtml)] : [],
  );
  for (const file of body.uuFiles) {
    const stored = await storeBytes(file.content, folder);
    const filename =
      safeFileName(file.name) ?? makeUpName('application/octet-stream', attachments.length + 1);
    attachments.push({
      filename,
      contentType: 'application/octet-stream',
      ...stored,
      contentId: null,
      inline: false,
    });
  }
  return attachments;
}

type FilePart = Part & { file: NonNullable<Part['file']> };

function isListed(part: Part): part is FilePart {
  if (part.file === null) return false;
  if (part.filename !== null) return true;
  // A delivery report is read into `bounce`; as a file it tells nobody anything.
  if (part.contentType === 'message/delivery-status') return false;
  return !(part.alternative !== null && SPELLINGS.has(part.contentType));
}

function describePart(part: FilePart, file: FilePart['file'], rawHtml: string): MailAttachment {
  return {
    filename: file.filename,
    contentType: cutText(part.contentType, MAX_TYPE_LENGTH),
    size: file.size,
    sha256: file.sha256,
    contentId: part.contentId,
    inline:
      part.contentId !== null && part.disposition !== 'attachment' ? isShown(part.contentId, rawHtml) : false,
  };
}

function isShown(contentId: string, rawHtml: string): boolean {
  return rawHtml.includes(`cid:${contentId}`) || rawHtml.includes(`cid:${encodeURIComponent(contentId)}`);
}
