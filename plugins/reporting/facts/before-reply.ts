import type { TicketFact } from './ticket-fact.js';

type Counts = Pick<
  TicketFact,
  | 'waitingFrom'
  | 'firstRepliedAt'
  | 'lastRepliedAt'
  | 'firstReplySeconds'
  | 'firstRepliedBy'
  | 'nextReplies'
  | 'nextReplySeconds'
>;
export type Place = Pick<TicketFact, 'status' | 'category' | 'teamId' | 'assigneeId'>;
type Solution = Pick<TicketFact, 'solvedAt' | 'solutionSeconds' | 'solvedBy' | 'reopenings'>;

/** What a reply is about to change. */
export interface BeforeReply {
  readonly messageId: unknown;
  readonly at: string;
  readonly counts: Counts;
  readonly place: Place;
  readonly solution: Solution;
}

export function rememberReply(fact: TicketFact, at: string, messageId: unknown): BeforeReply {
  const { waitingFrom, firstRepliedAt, lastRepliedAt, firstReplySeconds, firstRepliedBy } = fact;
  const { nextReplies, nextReplySeconds, status, category, teamId, assigneeId } = fact;
  const { solvedAt, solutionSeconds, solvedBy, reopenings } = fact;
  return {
    messageId,
    at,
    counts: {
      waitingFrom,
      firstRepliedAt,
      lastRepliedAt,
      firstReplySeconds,
      firstRepliedBy,
      nextReplies,
      nextReplySeconds,
    },
    place: { status, category, teamId, assigneeId },
    solution: { solvedAt, solutionSeconds, solvedBy, reopenings },
  };
}
