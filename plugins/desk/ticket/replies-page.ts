import {
  findSavedReply,
  isError,
  keepSavedReply,
  listSavedReplies,
  removeSavedReply,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { forget } from '../inbox/remember.js';
import { idOf } from './ticket-of.js';

const Reply = z.object({
  id: z.coerce.number().int().positive().optional(),
  title: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(50_000),
  expectedVersion: z.coerce.number().int().positive().optional(),
});

/** Texts that agents insert: made, changed and removed here. */
export async function repliesPage(ctx: DeskContext): Promise<void> {
  const id = ctx.query['id'];
  await show(ctx, id ? presentOne(await findSavedReply(ctx.db, idOf(id))) : {});
}

const presentOne = ({
  id,
  title,
  text,
  version,
}: {
  id: number;
  title: string;
  text: string;
  version: number;
}) => ({
  id: String(id),
  title,
  text,
  expectedVersion: String(version),
});

export async function saveReply(ctx: DeskContext): Promise<void> {
  const form = await ctx.readForm(Reply);
  if (!form.ok) return show(ctx, form.typed, form.problems);
  const { id, title, text, expectedVersion } = form.value;
  try {
    await keepSavedReply(ctx.app, {
      title,
      text,
      ...(id === undefined ? {} : { id }),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      actor: ctx.actor,
    });
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    return showTheirs(ctx, id);
  }
  forget(ctx.app, 'saved replies');
  ctx.flash({ text: ctx.t('desk.replies.saved'), tone: 'ok' });
  ctx.redirect('/desk/replies');
}

export async function removeReply(ctx: DeskContext): Promise<void> {
  await removeSavedReply(ctx.app, { id: idOf(ctx.params['id']), actor: ctx.actor });
  forget(ctx.app, 'saved replies');
  ctx.redirect('/desk/replies');
}

/** Somebody was quicker: both texts are shown, and sending again keeps ours. */
async function showTheirs(ctx: DeskContext, id: number | undefined): Promise<void> {
  const now = await findSavedReply(ctx.db, id ?? 0);
  const typed = { ...(await ctx.typed()), expectedVersion: String(now.version) };
  await show(ctx, typed, {}, now.text);
}

const PLACES = ['{{contact.name}}', '{{ticket.number}}', '{{agent.name}}', '{{company.name}}'];

async function show(
  ctx: DeskContext,
  values: Readonly<Record<string, string>>,
  problems: Readonly<Record<string, string>> = {},
  theirs?: string,
): Promise<void> {
  const field = (name: string) => ({
    value: values[name] ?? '',
    ...(problems[name] ? { error: ctx.t(problems[name]) } : {}),
  });
  const replies = await listSavedReplies(ctx.db);
  await ctx.render(
    'desk/replies',
    {
      rows: replies.map(({ id, title, text }) => ({
        id,
        title,
        text: text.slice(0, 160),
        href: `/desk/replies?id=${id}`,
        removeUrl: `/desk/replies/${id}/remove`,
      })),
      errors: Object.entries(problems).map(([name, problem]) => ({
        id: `f-${name}`,
        label: ctx.t(`desk.replies.${name}`),
        message: ctx.t(problem),
      })),
      theirs,
      places: PLACES,
      id: values['id'],
      expectedVersion: values['expectedVersion'],
      title: field('title'),
      text: field('text'),
    },
    { status: theirs !== undefined ? 409 : Object.keys(problems).length > 0 ? 422 : 200 },
  );
}
