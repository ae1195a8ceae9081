import type { DeskContext, Outcome } from '@helpdesk/core';
import { z } from 'zod';
import type { DeskTools } from '../../tools.js';
import { renderSettings } from '../render-settings.js';
import { pages, type Choice, type List, type Page } from './lists.js';

const schema = z.object({ name: z.string().max(400).default('') });

/** Lists of names: teams, lines, statuses, types of tickets, roles of contacts. */
export function registerNames({ desk }: DeskTools): void {
  for (const page of pages) {
    const guard = { permission: page.permission };
    desk.get(`/settings/${page.id}`, guard, (ctx) => show(ctx, page));
    for (const list of page.lists) {
      const path = `/settings/${page.id}/${list.id}`;
      const { create, archive, choice } = list;
      if (create)
        desk.post(path, guard, (ctx) => save(ctx, { page, list, key: '' }, (name) => create(ctx, name)));
      desk.post(`${path}/:key`, guard, (ctx) => {
        const key = ctx.params['key'] ?? '';
        return save(ctx, { page, list, key }, (name) => list.rename(ctx, key, name));
      });
      if (archive)
        desk.post(`${path}/:key/archive`, guard, async (ctx) => {
          const { to } = await ctx.form(z.object({ to: z.enum(['on', 'off']) }));
          await archive(ctx, to === 'off', ctx.params['key'] ?? '');
          ctx.flash({ text: ctx.t('desk.admin.saved') });
          ctx.redirect(`/desk/settings/${page.id}`);
        });
      if (choice)
        desk.post(`${path}/:key/choice`, guard, async (ctx) => {
          const { value } = await ctx.form(z.object({ value: z.enum(Object.keys(choice.options)) }));
          await choice.save(ctx, ctx.params['key'] ?? '', value);
          ctx.flash({ text: ctx.t('desk.admin.saved') });
          ctx.redirect(`/desk/settings/${page.id}`);
        });
    }
  }
}

interface Place {
  page: Page;
  list: List;
  key: string;
}

async function save(ctx: DeskContext, place: Place, work: (name: string) => Promise<Outcome>): Promise<void> {
  const { name } = await ctx.form(schema);
  const answer = await work(name);
  if (!answer.ok) return show(ctx, place.page, { ...place, name, error: ctx.t(answer.because) });
  ctx.flash({ text: ctx.t('desk.admin.saved') });
  ctx.redirect(`/desk/settings/${place.page.id}`);
}

async function show(
  ctx: DeskContext,
  page: Page,
  typed?: Place & { name: string; error: string },
): Promise<void> {
  const lists = await Promise.all(
    page.lists.map(async (list) => {
      const path = `/desk/settings/${page.id}/${list.id}`;
      const mine = typed?.list === list ? typed : undefined;
      const rows = (await list.list(ctx)).map(({ key, name, isArchived, canArchive, chosen }) => ({
        key: `${list.id}-${key}`,
        name: mine?.key === key ? mine.name : name,
        error: mine?.key === key ? mine.error : null,
        isArchived: isArchived ?? false,
        action: `${path}/${encodeURIComponent(key)}`,
        archiveUrl: list.archive && canArchive !== false ? `${path}/${key}/archive` : null,
        choice:
          list.choice && chosen !== undefined && presentChoice(ctx, list.choice, { key, name, chosen, path }),
      }));
      const added = mine?.key === '' ? mine : undefined;
      const create = list.create
        ? {
            action: path,
            name: added?.name ?? '',
            error: added?.error ?? null,
            tick: list.tick && ctx.t(list.tick),
          }
        : null;
      return {
        id: list.id,
        title: page.lists.length > 1 ? ctx.t(`desk.admin.names.${list.id}`) : null,
        rows,
        create,
      };
    }),
  );
  const view = { view: 'names', status: typed ? 422 : 200 };
  await renderSettings(ctx, view, {
    heading: ctx.t(`desk.admin.${page.id}.title`),
    intro: ctx.t(`desk.admin.${page.id}.intro`),
    lists,
  });
}

function presentChoice(
  { t }: DeskContext,
  { label, options }: Choice,
  { key, name, chosen, path }: { key: string; name: string; chosen: string; path: string },
) {
  return {
    action: `${path}/${key}/choice`,
    label: `${t(label)}: ${name}`,
    options: Object.entries(options).map(([value, text]) => ({
      value,
      label: t(text),
      selected: value === chosen,
    })),
  };
}
