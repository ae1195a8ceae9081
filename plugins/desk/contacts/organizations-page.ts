import { createOrganization, listOrganizations, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { asStored, presentForm, type FormState } from '../admin/form-fields.js';
import { exportUrl } from './csv/export-url.js';
import { pageOf, readCursor } from './cursor.js';
import { domainField } from './domain-field.js';

const SIZE = 50;
const schema = z.object({ name: z.string().trim().min(1).max(255), domain: domainField });

export const organizationsPage = (ctx: DeskContext): Promise<void> => show(ctx, asStored());

export async function createOrganizationPage(ctx: DeskContext): Promise<void> {
  const form = await ctx.readForm(schema);
  if (!form.ok) return show(ctx, form);
  const id = await createOrganization(ctx.app, { ...form.value, actor: ctx.actor });
  ctx.flash({ text: ctx.t('desk.organizations.created') });
  ctx.redirect(`/desk/organizations/${id}`);
}

async function show(ctx: DeskContext, state: FormState): Promise<void> {
  const query = (ctx.query['q'] ?? '').trim().slice(0, 200);
  const after = readCursor(ctx.query['after']);
  const found = await listOrganizations(ctx.db, {
    beginning: query,
    ...(after ? { after } : {}),
    limit: SIZE + 1,
  });
  const { rows, nextUrl } = pageOf(found, { size: SIZE, path: '/desk/organizations' });
  const form = presentForm(ctx, state, [
    { name: 'name', label: 'desk.organizations.field.name', required: true, maxlength: 255 },
    { name: 'domain', label: 'desk.organizations.field.domain', optional: true, maxlength: 253 },
  ]);
  await ctx.render(
    'desk/organizations',
    {
      query,
      exportUrl: exportUrl('organizations', query),
      form,
      rows: rows.map(({ id, name, domain }) => ({ href: `/desk/organizations/${id}`, name, domain })),
      nextUrl: nextUrl && query ? `${nextUrl}&${new URLSearchParams({ q: query }).toString()}` : nextUrl,
      isOpen: form.errors.length > 0,
    },
    { status: form.errors.length > 0 ? 422 : 200 },
  );
}
