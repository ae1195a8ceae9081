import {
  changeRole,
  createRole,
  EVERYTHING,
  listRoles,
  many,
  type DeskContext,
  type RoleRecord,
} from '@helpdesk/core';
import { z } from 'zod';
import type { DeskTools } from '../../tools.js';
import { renderSettings } from '../render-settings.js';
import { roleName } from './role-name.js';

const MANAGE = { permission: 'roles.manage' } as const;
const PATH = '/desk/settings/roles';
const schema = z.object({ name: z.string().max(400).default(''), permissions: many(z.string().max(100)) });

/** Roles and what each may do. */
export function registerRoles({ desk }: DeskTools): void {
  desk.get('/settings/roles', MANAGE, (ctx) => show(ctx));
  desk.post('/settings/roles', MANAGE, (ctx) => save(ctx));
  desk.post('/settings/roles/:key', MANAGE, (ctx) => save(ctx, ctx.params['key']));
}

interface Typed {
  key: string | undefined;
  name: string;
  permissions: readonly string[];
  error: string;
}

async function show(ctx: DeskContext, typed?: Typed): Promise<void> {
  const roles = await listRoles(ctx.db);
  const all = ctx.app.permissions().map(({ key, text }) => ({ key, label: ctx.t(text) }));
  const present = (key: string | undefined, name: string, held: readonly string[]) => {
    const mine = typed && typed.key === key ? typed : { name, permissions: held, error: null };
    const isAll = mine.permissions.includes(EVERYTHING);
    return {
      key: key ?? 'new',
      title: key ? name : ctx.t('desk.admin.roles.new'),
      name: mine.name,
      isFixed: key === 'owner',
      error: mine.error,
      isOpen: mine.error !== null,
      action: key ? `${PATH}/${key}` : PATH,
      everything: { value: EVERYTHING, checked: isAll },
      permissions: all.map(({ key: value, label }) => ({
        value,
        label,
        checked: isAll || mine.permissions.includes(value),
      })),
    };
  };
  const rows = [
    ...roles.map((role) => present(role.key, roleName(ctx, role), role.permissions)),
    present(undefined, '', []),
  ];
  await renderSettings(ctx, { view: 'roles', status: typed ? 422 : 200 }, { rows });
}

async function save(ctx: DeskContext, key?: string): Promise<void> {
  const { name: given, permissions: ticked } = await ctx.form(schema);
  const { actor } = ctx;
  const old = key === undefined ? undefined : (await listRoles(ctx.db)).find((role) => role.key === key);
  const permissions = ticked.includes(EVERYTHING) ? [EVERYTHING] : [...ticked, ...sleeping(ctx, old)];
  // A translated name that nobody touched is no new name.
  const name = old && given === roleName(ctx, old) ? old.name : given;
  const answer =
    key === undefined
      ? await createRole(ctx.app, { name, permissions, actor })
      : await changeRole(ctx.app, { key, name, permissions, actor });
  if (!answer.ok) return show(ctx, { key, name: given, permissions, error: ctx.t(answer.because) });
  ctx.flash({ text: ctx.t('desk.admin.saved') });
  ctx.redirect(PATH);
}

/** What a role holds of plugins that are off: not on the page, and not lost by saving it. */
function sleeping(ctx: DeskContext, role: RoleRecord | undefined): readonly string[] {
  const awake = new Set([EVERYTHING, ...ctx.app.permissions().map(({ key }) => key)]);
  return (role?.permissions ?? []).filter((permission) => !awake.has(permission));
}
