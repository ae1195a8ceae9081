import { findContact, type DeskContext } from '@helpdesk/core';

/** Whom an address belongs to already, as the form tells it. */
export interface Owner {
  readonly value: string;
  readonly name: string;
  readonly href: string;
}

/** @param details of IDENTITY_TAKEN */
export async function findOwner(
  ctx: DeskContext,
  { value, contactId }: Readonly<Record<string, unknown>>,
): Promise<Owner> {
  const { id, name } = await findContact(ctx.db, Number(contactId));
  return { value: String(value), name, href: `/desk/contacts/${id}` };
}
