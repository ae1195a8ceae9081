import { change, type App } from '@helpdesk/core';
import { IMAGES } from './note-images.js';
import { sniffImage } from './sniff-image.js';

export const IMAGE_BYTES = 5 * 1024 * 1024;

export interface KeepImage {
  content: Buffer;
  agentId: number;
}
export type KeptImage = { ok: true; path: string } | { ok: false; because: string };

/** Keeps an image for articles. @returns its address in texts, or a text key of what is wrong with it */
export async function keepImage(app: App, { content, agentId }: KeepImage): Promise<KeptImage> {
  if (content.length > IMAGE_BYTES) return { ok: false, because: 'knowledge-base.problem.imageBig' };
  const kind = sniffImage(content);
  if (!kind) return { ok: false, because: 'knowledge-base.problem.imageKind' };
  const { sha256, size } = await app.files.put(content);
  await change(app, async ({ trx, at }) => {
    await trx('kb_images')
      .insert({ sha256, contentType: kind.type, size, uploadedBy: agentId, createdAt: at })
      .onConflict('sha256')
      .ignore();
  });
  return { ok: true, path: `${IMAGES}/${sha256}.${kind.extension}` };
}
