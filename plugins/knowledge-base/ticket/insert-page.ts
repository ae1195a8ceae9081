import {
  errors,
  findTicket,
  keepUpload,
  listDrafts,
  many,
  saveDraft,
  type DeskContext,
  type Participant,
} from '@helpdesk/core';
import { z } from 'zod';
import { pathId } from '../desk/place.js';
import { readFound } from '../search/read-found.js';
import { textForReply } from './text-for-reply.js';

const Insert = z.object({
  article: z.string().regex(/^(?:link|text):[1-9]\d{0,14}$/),
  // What else was in the editor, when its form was sent along.
  via: z.string().max(100).optional(),
  body: z.string().max(100_000).optional(),
  cc: many(z.string().max(2000)),
  keepFile: many(z.string().max(64)),
});
type Insert = z.infer<typeof Insert>;

/**
 * Puts an article behind what an agent is writing and opens the editor again. Without a script: what was typed comes
 * with the form, and becomes the draft.
 */
export async function insertPage(ctx: DeskContext): Promise<void> {
  const ticket = await findTicket(ctx.db, pathId(ctx), ctx.viewer);
  const form = await ctx.form(Insert);
  const mode = await modeOf(ctx, ticket.id, form);
  const permission = mode === 'note' ? 'tickets.note' : 'tickets.reply';
  if (!ctx.can(permission)) throw errors.PERMISSION_MISSING({ permission });
  const [what, id] = form.article.split(':');
  const [text] = await readFound(ctx.db, [Number(id)], null);
  if (!text || text.visibility === 'agents') throw errors.NOT_FOUND();
  const inserted = textForReply(ctx.app, text, what === 'text' ? 'text' : 'link');
  const own = await ownDraft(ctx, ticket.id, mode);
  const typed = form.body ?? own?.text ?? '';
  await saveDraft(ctx.app, {
    agentId: ctx.agent.id,
    ticketId: ticket.id,
    mode,
    text: [typed.trimEnd(), inserted].filter((part) => part !== '').join('\n\n'),
    ...(form.body === undefined ? {} : await typedAlong(ctx, form, mode)),
  });
  ctx.redirect(`/desk/tickets/${ticket.id}#composer`);
}

async function modeOf(ctx: DeskContext, ticketId: number, { via }: Insert): Promise<'reply' | 'note'> {
  if (via !== undefined) return via === 'note' ? 'note' : 'reply';
  const note = await ownDraft(ctx, ticketId, 'note');
  const isNote = note !== undefined && (await ownDraft(ctx, ticketId, 'reply')) === undefined;
  return isNote || !ctx.can('tickets.reply') ? 'note' : 'reply';
}

const ownDraft = async ({ db, agent }: DeskContext, ticketId: number, mode: string) =>
  (await listDrafts(db, [ticketId])).find((draft) => draft.agentId === agent.id && draft.mode === mode);

/** Recipients and files of the editor's form: nothing that was typed or chosen is lost. */
async function typedAlong(ctx: DeskContext, { via, cc, keepFile }: Insert, mode: 'reply' | 'note') {
  const to = (await ctx.typed())[`to-${via ?? ''}`];
  const people = (text: string): Participant[] =>
    (text.match(/[^\s,;<>]+@[^\s,;<>]+/g) ?? [])
      .slice(0, 50)
      .map((value) => ({ name: '', kind: 'email', value }));
  const fresh: string[] = [];
  for (const { field, filename, contentType, content } of await ctx.uploads())
    if (field === 'files' && content.length > 0)
      fresh.push(await keepUpload(ctx.app, { agentId: ctx.agent.id, filename, contentType, content }));
  return {
    uploads: [...(await ownUploads(ctx, keepFile)), ...fresh],
    ...(mode === 'reply' && to !== undefined
      ? { participants: { to: people(to), cc: people(cc.join(' ')) } }
      : {}),
  };
}

/** Only what this agent uploaded and nobody has sent yet. */
async function ownUploads({ db, agent }: DeskContext, keys: readonly string[]): Promise<string[]> {
  const rows: { key: string }[] = await db('attachments')
    .whereIn('key', keys.slice(0, 40))
    .where({ uploadedBy: agent.id })
    .whereNull('messageId')
    .orderBy('id')
    .select('key');
  return rows.map(({ key }) => key);
}
