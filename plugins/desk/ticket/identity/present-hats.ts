import { can, isWorn, parseJson, type DeskContext, type HatRecord, type TicketRecord } from '@helpdesk/core';
import { lastMoment } from '../../contacts/hat-dates.js';
import { hatLabel } from '../../contacts/role-names.js';
import type { TicketPage } from '../read-page.js';
import { withView } from '../ticket-of.js';

/** In which role the customer writes: with the reason, and changed in one click by those who may. */
export function presentHats(
  ctx: DeskContext,
  ticket: TicketRecord,
  { card, lists }: TicketPage,
): Record<string, unknown> | undefined {
  if (card.hats.length === 0) return undefined;
  const label = (hat: HatRecord) => hatLabel(ctx, lists.contactRoles, hat);
  const worn = card.hats.find(({ id }) => id === ticket.membershipId);
  const unknown = ctx.t('desk.ticket.unknownRole');
  const current = {
    current: worn ? label(worn) : unknown,
    reason: worn ? reasonOf(ctx, ticket) : undefined,
    endedAt: worn?.validTo && worn.validTo <= ctx.now.toISOString() ? lastMoment(worn.validTo) : undefined,
  };
  if (!can(ctx.viewer, 'tickets.edit')) return current;
  const offered = card.hats.filter((hat) => hat === worn || isWorn(hat, ctx.now.toISOString()));
  return {
    ...current,
    url: withView(ctx, `/desk/tickets/${ticket.id}/hat`),
    options: [
      ...offered.map((hat) => ({
        value: String(hat.id),
        label: label(hat),
        icon: hat.organizationId === null ? 'user' : 'org',
        selected: hat === worn,
      })),
      { value: '', label: unknown, icon: 'user', selected: worn === undefined },
    ],
  };
}

/** Why it is this hat; words that somebody else gave stand as they are. */
function reasonOf(ctx: DeskContext, ticket: TicketRecord): string | undefined {
  const { membershipReason: reason, membershipValues } = ticket;
  if (reason === null) return undefined;
  if (!/^[\w-]+(?:\.[\w-]+)+$/.test(reason)) return reason;
  const values = parseJson<Record<string, string | number>>(membershipValues, {});
  const channel = ctx.app.channels.get(String(values['channel']));
  return ctx.t(reason, channel ? { ...values, channel: ctx.t(channel.title) } : values);
}
