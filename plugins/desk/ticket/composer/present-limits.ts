import {
  findReplyWindow,
  formatNumber,
  type ChannelTemplate,
  type DeskContext,
  type TicketRecord,
} from '@helpdesk/core';
import type { Way } from './list-ways.js';

/** What the editor says of a channel's limits; undefined where there is nothing to say. */
export interface ShownLimits {
  /** Words: how long a text may be, until when it may be sent. */
  readonly hints: readonly string[];
  /** Nothing of one's own may be sent any more. */
  readonly closed?: string;
  readonly templates?: readonly { value: string; label: string; selected: boolean }[];
  /** The chosen template: its text, and a field for each of its places. */
  readonly template?: { text: string; values: readonly { n: number; value: string }[] };
}

export interface PickedTemplate {
  readonly template?: string | undefined;
  readonly templateValues?: readonly string[] | undefined;
}

/** The limits of one way to answer, read afresh: a window closes while the page is open. */
export async function presentLimits(
  ctx: DeskContext,
  { ticket, way, picked }: { ticket: TicketRecord; way: Way; picked: PickedTemplate },
): Promise<ShownLimits | undefined> {
  const { channel, account } = way;
  const { maxCharacters, maxAttachments } = channel.limits;
  const { contactId } = ticket;
  const window = await findReplyWindow(ctx.db, { channel, account, contactId, now: ctx.now });
  const isClosed = window !== null && !window.isOpen;
  const hints = [
    ...(window?.isOpen ? [ctx.t('desk.ticket.limit.until', { time: timeLeft(ctx, window.closesAt) })] : []),
    ...(maxCharacters === undefined || isClosed
      ? []
      : [ctx.t('desk.ticket.limit.characters', { limit: formatNumber(maxCharacters, ctx) })]),
    ...(maxAttachments === 0 ? [ctx.t('desk.ticket.limit.noFiles')] : []),
  ];
  if (!isClosed) return hints.length > 0 ? { hints } : undefined;
  const templates = (await channel.templates?.(account).catch(() => [])) ?? [];
  const closed = ctx.t(`desk.ticket.limit.${templates.length > 0 ? 'closed' : 'closedForGood'}`, {
    channel: ctx.t(channel.title),
  });
  return { hints, closed, ...presentTemplates(templates, picked) };
}

function timeLeft({ now, t }: DeskContext, closesAt: string): string {
  const minutes = Math.max(1, Math.floor((Date.parse(closesAt) - now.getTime()) / 60_000));
  return minutes < 60
    ? t('desk.ticket.limit.minutes', { count: minutes })
    : t('desk.ticket.limit.hours', { count: Math.floor(minutes / 60) });
}

function presentTemplates(
  templates: readonly ChannelTemplate[],
  { template: wanted, templateValues = [] }: PickedTemplate,
): Pick<ShownLimits, 'templates' | 'template'> {
  if (templates.length === 0) return {};
  const valueOf = ({ key, language }: ChannelTemplate) => `${language}:${key}`;
  const chosen = templates.find((template) => valueOf(template) === wanted) ?? templates[0];
  return {
    templates: templates.map((template) => ({
      value: valueOf(template),
      label: `${template.title} (${template.language})`,
      selected: template === chosen,
    })),
    ...(chosen
      ? {
          template: {
            text: chosen.text,
            values: Array.from({ length: chosen.values }, (_, i) => ({
              n: i + 1,
              value: templateValues[i] ?? '',
            })),
          },
        }
      : {}),
  };
}
