import {
  isWorn,
  listOrganizationMarks,
  sees,
  type ContactCard,
  type DeskContext,
  type OrganizationMarkRecord,
  type TicketRecord,
} from '@helpdesk/core';

const ON_TICKET = 3;

/** The newest marks that stand on the organization in whose hat a ticket is written. */
export async function readTicketMarks(
  { db }: DeskContext,
  { membershipId }: TicketRecord,
  { hats }: ContactCard,
): Promise<OrganizationMarkRecord[]> {
  const organizationId = hats.find(({ id }) => id === membershipId)?.organizationId ?? null;
  if (organizationId === null) return [];
  return (await listOrganizationMarks(db, { organizationIds: [organizationId] })).slice(0, ON_TICKET);
}

/** Marks that stand on the organizations of somebody's hats of today. */
export async function readContactMarks(
  { db, now }: DeskContext,
  { hats }: ContactCard,
): Promise<OrganizationMarkRecord[]> {
  const worn = hats.filter((hat) => isWorn(hat, now.toISOString()));
  return listOrganizationMarks(db, {
    organizationIds: worn.flatMap(({ organizationId }) => organizationId ?? []),
  });
}

/** A mark as pages print it; the case that is its reason only for those who may see it. */
export function presentMarks(ctx: DeskContext, marks: readonly OrganizationMarkRecord[]) {
  return marks.map((mark) => {
    const { ticketId, number, lineId, assigneeId } = mark;
    const isSeen = number !== null && ctx.can('tickets.read') && sees(ctx.viewer, { lineId, assigneeId });
    // Without a case it says nothing of anybody.
    const isNamed = ticketId !== null && mark.contact !== null && ctx.can('contacts.read');
    return {
      id: mark.id,
      organization: mark.organization,
      organizationUrl: ctx.can('contacts.read') ? `/desk/organizations/${mark.organizationId}` : undefined,
      reason: reasonOf(ctx, mark.reason),
      contact: isNamed ? mark.contact : undefined,
      contactUrl: isNamed ? `/desk/contacts/${mark.contactId}` : undefined,
      number: isSeen ? number : undefined,
      ticketUrl: isSeen ? `/desk/tickets/${ticketId}` : undefined,
      note: mark.note,
      at: mark.markedAt,
      clearUrl: ctx.can('contacts.edit')
        ? `/desk/organizations/${mark.organizationId}/marks/${mark.id}/clear`
        : undefined,
    };
  });
}

export type PresentedMark = ReturnType<typeof presentMarks>[number];

/** A reason of a plugin's is `<plugin>.<what>`, and so is its text. */
export const reasonOf = ({ t }: Pick<DeskContext, 't'>, reason: string): string =>
  t(reason.includes('.') ? reason : `core.mark.${reason}`);
