import type { HostApp, TicketBadge } from '@helpdesk/core';
import type { Kind } from '../kinds/kind.js';
import { presentScore } from './present-answer.js';

interface Scored {
  readonly ticketId: number;
  readonly kind: Kind;
  readonly score: number;
}

/** The score behind the subject in lists, for all tickets of a page at once. */
export async function badgesOf(
  app: HostApp,
  { ticketIds, language }: { ticketIds: readonly number[]; language: 'ru' | 'en' },
): Promise<TicketBadge[]> {
  const rows: Scored[] = await app
    .db('surveys_invitations')
    .whereIn('ticketId', [...ticketIds])
    .whereNotNull('score')
    .select('ticketId', 'kind', 'score');
  return rows.map(({ ticketId, ...given }) => ({
    ticketId,
    ...presentScore(given, (key, values) => app.t(language, key, values)),
  }));
}
