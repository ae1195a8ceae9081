import {
  accountFor,
  findContactCard,
  type HostApp,
  type IdentityRecord,
  type Participant,
  type TicketRecord,
} from '@helpdesk/core';

/** By which way a customer is asked. */
export type Route =
  | { readonly by: 'mail'; readonly to: string }
  | { readonly by: 'channel'; readonly to: Participant };
export type RouteOrReason = Route | { readonly by: 'none'; readonly because: 'automatic' | 'noAddress' };

interface Letter {
  readonly auto: string | null;
  readonly participants: string;
}

/**
 * The ticket's own channel if it is no mail and the customer can be reached there, else his mail address; the one he wrote from
 * first. Never what a machine wrote from, never an address that bounced.
 */
export async function findRoute(app: HostApp, ticket: TicketRecord): Promise<RouteOrReason> {
  const letter: Letter | undefined = await app
    .db('messages')
    .where({ ticketId: ticket.id, kind: 'incoming' })
    .orderBy('id', 'desc')
    .first('auto', 'participants');
  if (letter?.auto) return { by: 'none', because: 'automatic' };
  const { contact, identities } = await findContactCard(app.db, ticket.contactId);
  const usable = identities.filter(({ failedAt }) => failedAt === null);
  const from = fromOf(letter);
  const account = await accountFor(app, ticket);
  // Another account of the line is no way by which this customer has written.
  const isOwn = account !== undefined && account.id === ticket.accountId;
  const kind = isOwn ? app.channels.get(account.channel)?.identityKind : undefined;
  if (kind !== undefined && kind !== 'email') {
    const own = pick(usable, kind, from);
    if (own) return { by: 'channel', to: { name: contact.name, kind, value: own.value } };
  }
  const mail = pick(usable, 'email', from);
  return mail ? { by: 'mail', to: mail.value } : { by: 'none', because: 'noAddress' };
}

function fromOf(letter: Letter | undefined): string | undefined {
  const parsed = JSON.parse(letter?.participants ?? '{}') as { from?: { value?: string } | null };
  return parsed.from?.value?.toLowerCase();
}

function pick(
  identities: readonly IdentityRecord[],
  kind: string,
  from: string | undefined,
): IdentityRecord | undefined {
  const own = identities.filter((one) => one.kind === kind);
  return own.find(({ normalised, value }) => normalised === from || value === from) ?? own[0];
}
