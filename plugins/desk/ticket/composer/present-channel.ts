import type { DeskContext, DraftRecord, Participants, TicketRecord } from '@helpdesk/core';
import { readAddresses } from '../read-addresses.js';
import type { TicketPage } from '../read-page.js';
import type { Typed } from '../present-composer.js';
import type { Way } from './list-ways.js';
import { presentLimits } from './present-limits.js';

interface Place {
  readonly page: TicketPage;
  readonly typed: Typed;
  readonly draft: DraftRecord | undefined;
  readonly n: number;
  readonly isSelected: boolean;
}

/** One channel of the editor: to whom, with which copies, within which limits. */
export async function presentChannel(
  ctx: DeskContext,
  ticket: TicketRecord,
  { way, place }: { way: Way; place: Place },
): Promise<Record<string, unknown>> {
  const { channel, account, addresses } = way;
  const { page, typed, draft, n, isSelected } = place;
  const latest = page.timeline.messages.findLast(
    ({ kind, contactId }) => kind === 'incoming' && contactId === page.card.contact.id,
  );
  const values = addresses.map(({ value }) => value);
  const kept = draft?.participants.to?.[0]?.value;
  const known = [kept, latest?.participants.from?.value].find(
    (value) => value !== undefined && values.includes(value),
  );
  const isTyped = typed.to !== undefined && (typed.via === channel.id || channel.identityKind === 'email');
  const to = (isTyped ? typed.to : known) ?? values[0] ?? '';
  const { name } = page.card.contact;
  const words = (label: string) => channel.nameAddress?.(label, ctx.language) ?? label;
  const shown = words(addresses.find(({ value }) => value === to)?.label ?? to);
  return {
    key: channel.id,
    n,
    label: ctx.t(channel.title),
    icon: channel.icon,
    send: ctx.t(channel.identityKind === 'email' ? 'desk.ticket.send' : 'desk.ticket.sendMessage'),
    to: {
      name,
      address: to,
      // Somebody whose name is made of the address is not said twice.
      label: shown === name ? '' : shown,
      ...(addresses.length > 1
        ? {
            options: addresses.map(({ value, label }) => ({
              value,
              label: words(label),
              selected: value === to,
            })),
          }
        : {}),
    },
    limits: await presentLimits(ctx, { ticket, way, picked: typed }),
    ...(channel.limits.maxButtons
      ? { buttons: { most: channel.limits.maxButtons, typed: typed.buttons ?? '' } }
      : {}),
    ...(channel.limits.canCc
      ? {
          copies: copiesOf({
            latest: latest?.participants,
            typed: typed.cc,
            draft,
            to,
            own: account.address,
          }),
        }
      : {}),
    selected: isSelected,
  };
}

interface Copies {
  readonly all: readonly { value: string; checked: boolean }[];
  /** What was typed and is no address. */
  readonly more: string;
}

/**
 * Everybody whom the customer's last letter named, but us and the recipient, and whoever was added: each with a tick
 * that takes them out.
 */
function copiesOf({
  latest,
  typed,
  draft,
  to,
  own,
}: {
  latest: Participants | undefined;
  typed: string | undefined;
  draft: DraftRecord | undefined;
  to: string;
  own: string;
}): Copies {
  const named = [...(latest?.to ?? []), ...(latest?.cc ?? [])].map(({ value }) => value.toLowerCase());
  const others = new Set(named.filter((value) => value !== own.toLowerCase() && value !== to.toLowerCase()));
  const { right, wrong } = readAddresses(
    typed ??
      (draft?.participants.cc ?? [...others].map((value) => ({ value }))).map(({ value }) => value).join(' '),
  );
  const all = [...new Set([...others, ...right])];
  return {
    all: all.map((value) => ({ value, checked: right.includes(value) })),
    more: wrong.join(' '),
  };
}
