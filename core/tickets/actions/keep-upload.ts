import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { newAttachmentKey } from '../insert-message.js';

export interface KeepUpload {
  agentId: number;
  filename: string;
  contentType: string;
  content: Buffer;
}

/** Keep a file that an agent attaches, until the message is sent. @returns the key to send along */
export async function keepUpload(
  app: App,
  { agentId, filename, contentType, content }: KeepUpload,
): Promise<string> {
  const { sha256, size } = await app.files.put(content);
  const key = newAttachmentKey();
  await change(app, async ({ trx, at }) => {
    await trx('attachments').insert({
      key,
      uploadedBy: agentId,
      sha256,
      size,
      filename,
      contentType,
      inline: 0,
      createdAt: at,
    });
  });
  return key;
}
