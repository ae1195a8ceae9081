import { isError, keepUpload, type DeskContext, type Upload, cleanFileName } from '@helpdesk/core';

export interface KeptFile {
  /** The key to send along with the message. */
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/** How many go with one message. */
const FILES_MOST = 20;

/**
 * The files of a form: those that it had kept before and those that came with it now. None is lost when it comes back.
 * @returns with words of what is wrong when some are too big or too many; the fields of the form can be read all the same
 */
export async function keepFiles(
  ctx: DeskContext,
  kept: readonly string[],
): Promise<{ files: KeptFile[]; problem?: string }> {
  const fresh: KeptFile[] = [];
  const uploads = await readUploads(ctx);
  if (typeof uploads === 'string') return { files: await findKept(ctx, kept), problem: uploads };
  for (const { filename, contentType, content, field } of uploads) {
    if (field !== 'files' || content.length === 0) continue;
    const name = cleanFileName(filename);
    const id = await keepUpload(ctx.app, { agentId: ctx.agent.id, filename: name, contentType, content });
    fresh.push({ id, name, size: content.length });
  }
  const files = [...(await findKept(ctx, kept)), ...fresh];
  if (files.length <= FILES_MOST) return { files };
  return { files, problem: ctx.t('desk.ticket.manyFiles', { count: FILES_MOST }) };
}

async function readUploads(ctx: DeskContext): Promise<readonly Upload[] | string> {
  try {
    return await ctx.uploads();
  } catch (error) {
    if (isError(error, 'TOO_LARGE'))
      return ctx.t('desk.ticket.bigFiles', { limit: String(error.details['limit']) });
    throw error;
  }
}

/** Only what this agent uploaded and nobody has sent yet. */
export async function findKept({ db, agent }: DeskContext, keys: readonly string[]): Promise<KeptFile[]> {
  if (keys.length === 0) return [];
  return db('attachments')
    .whereIn('key', keys.slice(0, 2 * FILES_MOST))
    .where({ uploadedBy: agent.id })
    .whereNull('messageId')
    .orderBy('id')
    .select<KeptFile[]>('key as id', 'filename as name', 'size');
}
