import {
  createContact,
  findByIdentity,
  findContactCard,
  isError,
  normaliseIdentity,
  type DeskContext,
} from '@helpdesk/core';
import type { NewTicketForm } from './new-ticket-form.js';

export type Problems = Record<string, string>;

/** Whose ticket it is: the chosen contact, the one who has the address, or a new one; else what is wrong, by field. */
export async function ticketContact(
  ctx: DeskContext,
  { contactId, name, email, phone }: NewTicketForm,
): Promise<{ contactId: number } | { problems: Problems }> {
  if (contactId !== null) return knownContact(ctx, contactId);
  const { country } = ctx.app.company;
  const given = [
    { kind: 'email', value: email },
    { kind: 'phone', value: phone },
  ].filter(({ value }) => value !== '');
  const problems: Problems = {};
  for (const { kind, value } of given) {
    const normalised = normaliseIdentity(kind, value, country);
    if (normalised === undefined) problems[kind] = `desk.newTicket.bad.${kind}`;
    else {
      const owner = await findByIdentity(ctx.db, { kind, normalised });
      if (owner) return { contactId: owner.contactId };
    }
  }
  if (Object.keys(problems).length > 0) return { problems };
  if (name === '' && given.length === 0) return { problems: { who: 'desk.newTicket.bad.who' } };
  const called = name || email || phone;
  return {
    contactId: await createContact(ctx.app, { name: called, identities: given, country, actor: ctx.actor }),
  };
}

async function knownContact(
  ctx: DeskContext,
  contactId: number,
): Promise<{ contactId: number } | { problems: Problems }> {
  try {
    const { contact } = await findContactCard(ctx.db, contactId);
    return { contactId: contact.id };
  } catch (error) {
    if (!isError(error, 'CONTACT_UNKNOWN')) throw error;
    return { problems: { who: 'desk.newTicket.bad.who' } };
  }
}
