import type { App, NewAttachment } from '@helpdesk/core';
import type { StoryAttachment } from '../story/events.js';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PAGE = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj
trailer<</Root 1 0 R>>
`;

/** Keeps small files in place of those that the story speaks of: one for each kind, whatever it is called. */
export function createFileKeeper(app: App) {
  const kept = new Map<string, Promise<{ sha256: string; size: number }>>();
  return async ({ filename, contentType }: StoryAttachment): Promise<NewAttachment> => {
    const isImage = contentType.startsWith('image/');
    const kind = isImage ? 'image' : contentType === 'application/pdf' ? 'pdf' : 'other';
    const content = isImage ? Buffer.from(PIXEL, 'base64') : Buffer.from(kind === 'pdf' ? PAGE : 'A file.\n');
    const file = kept.get(kind) ?? app.files.put(content);
    kept.set(kind, file);
    return { ...(await file), filename, contentType, contentId: null, inline: false };
  };
}
