import { isError, type DeskContext } from '@helpdesk/core';
import { IMAGE_BYTES, keepImage } from '../images/keep-image.js';
import type { Problems, Typed } from './article-form.js';

/** Puts the image that came with the form at the end of the text. @returns what the editor shows then */
export async function insertImage(
  ctx: DeskContext,
  typed: Typed,
): Promise<{ typed: Typed; problems?: Problems; status?: number }> {
  const kept = await keepUploaded(ctx);
  if (!kept.ok) return { typed, problems: { image: kept.because }, status: 422 };
  const alt = (typed['alt'] ?? '').replaceAll(/[[\]\n\r]/g, ' ').trim();
  const body = [(typed['body'] ?? '').trimEnd(), `![${alt}](${kept.path})`]
    .filter((part) => part !== '')
    .join('\n\n');
  return { typed: { ...typed, body, alt: '' } };
}

/** For the script of the editor, which puts the image where the cursor is. */
export async function uploadPage(ctx: DeskContext): Promise<void> {
  const kept = await keepUploaded(ctx);
  ctx.json(kept.ok ? { path: kept.path } : { problem: ctx.t(kept.because) }, kept.ok ? 200 : 422);
}

async function keepUploaded(ctx: DeskContext) {
  try {
    const [image] = (await ctx.uploads({ maxBytes: IMAGE_BYTES, most: 1 })).filter(
      ({ field, content }) => field === 'image' && content.length > 0,
    );
    if (!image) return { ok: false, because: 'knowledge-base.problem.noImage' } as const;
    return await keepImage(ctx.app, { content: image.content, agentId: ctx.agent.id });
  } catch (error) {
    if (!isError(error, 'TOO_LARGE')) throw error;
    return { ok: false, because: 'knowledge-base.problem.imageBig' } as const;
  }
}
