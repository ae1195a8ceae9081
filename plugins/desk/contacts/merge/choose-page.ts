import { findContact, findDuplicates, initialsOf, listContacts, type DeskContext } from '@helpdesk/core';
import { toKept } from './to-kept.js';
import { pathId } from '../../admin/path-id.js';
import { presentDuplicates } from './present-duplicates.js';

const MOST = 20;

/** With whom a contact is to be merged: those who may be the same person, and a search. */
export const choosePage = toKept(async (ctx: DeskContext): Promise<void> => {
  const contactId = pathId(ctx);
  const query = (ctx.query['q'] ?? '').trim().slice(0, 200);
  const [contact, duplicates, found] = await Promise.all([
    findContact(ctx.db, contactId),
    findDuplicates(ctx.db, contactId),
    query ? listContacts(ctx.app, { query, limit: MOST + 1 }) : [],
  ]);
  const others = found.filter(({ id }) => id !== contactId);
  const page = `/desk/contacts/${contactId}`;
  await ctx.render('desk/contact-merge-choose', {
    name: contact.name,
    back: page,
    action: `${page}/merge`,
    query,
    duplicates: presentDuplicates(contactId, duplicates),
    found: others.slice(0, MOST).map(({ id, name, email, organization }) => ({
      person: { name, initials: initialsOf(name) },
      name,
      about: [email, organization].filter(Boolean).join(' · '),
      href: `${page}/merge/${id}`,
    })),
    hasMore: others.length > MOST,
  });
});
