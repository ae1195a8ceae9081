import { findContactCard, initialsOf, isWorn, type ContactRecord, type DeskContext } from '@helpdesk/core';
import { countContactTickets } from '../count-contact-tickets.js';
import { addressWords, iconOf } from '../identity-kinds.js';
import { contactRolesOf, hatLabel } from '../role-names.js';

const SHOWN = 10;

export interface Side {
  readonly contact: ContactRecord;
  readonly person: { readonly name: string; readonly initials: string };
  readonly href: string;
  readonly identities: readonly { icon: string; value: string; label: string | null }[];
  /** Those that are worn now, in words. */
  readonly hats: readonly string[];
  /** Null for those who may not read tickets. */
  readonly tickets: number | null;
}

/** One of the two who are compared: what tells people apart. @throws CONTACT_UNKNOWN */
export async function presentSide(ctx: DeskContext, contactId: number): Promise<Side> {
  const { db, viewer, now } = ctx;
  const [{ contact, identities, hats }, roles, counts] = await Promise.all([
    findContactCard(db, contactId),
    contactRolesOf(ctx.app),
    ctx.can('tickets.read') ? countContactTickets(db, { contactId, viewer }) : null,
  ]);
  const { id, name } = contact;
  return {
    contact,
    person: { name, initials: initialsOf(name) },
    href: `/desk/contacts/${id}`,
    identities: identities.slice(0, SHOWN).map(({ kind, value, label }) => ({
      icon: iconOf(ctx.app, kind),
      value: addressWords(ctx, { kind, value }),
      label,
    })),
    hats: hats
      .filter((hat) => isWorn(hat, now.toISOString()))
      .slice(0, SHOWN)
      .map((hat) => hatLabel(ctx, roles, hat)),
    tickets: counts?.all ?? null,
  };
}
