import { countDuplicates, initialsOf, listContacts, type ContactRow, type DeskContext } from '@helpdesk/core';
import { exportUrl } from './csv/export-url.js';
import { pageOf, readCursor } from './cursor.js';

const SIZE = 50;

/** Contacts by name; with a query the newest matches. */
export async function listPage(ctx: DeskContext): Promise<void> {
  const query = (ctx.query['q'] ?? '').trim().slice(0, 200);
  const after = query ? undefined : readCursor(ctx.query['after']);
  const found = await listContacts(ctx.app, {
    ...(query ? { query } : {}),
    ...(after ? { after } : {}),
    ...(ctx.can('tickets.read') ? { viewer: ctx.viewer } : {}),
    limit: SIZE + 1,
  });
  const most = 99;
  const duplicates = ctx.can('contacts.merge') ? await countDuplicates(ctx.db, most + 1) : 0;
  const { rows, nextUrl } = pageOf(found, { size: SIZE, path: '/desk/contacts' });
  await ctx.render('desk/contacts', {
    query,
    exportUrl: exportUrl('contacts', query),
    duplicates: duplicates > most ? `${most}+` : duplicates,
    rows: rows.map(presentRow),
    nextUrl: query ? null : nextUrl,
    isFirst: after === undefined,
    hasMore: query !== '' && nextUrl !== null,
  });
}

const presentRow = ({ id, name, email, organization, ticketCount }: ContactRow) => ({
  href: `/desk/contacts/${id}`,
  person: { name, initials: initialsOf(name) },
  name,
  email,
  organization,
  ticketCount,
});
