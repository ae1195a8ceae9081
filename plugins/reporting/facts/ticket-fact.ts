import type { StatusCategory } from '@helpdesk/core';

/** What reports know of one ticket: a fold of its events. Times are ISO text, lengths whole seconds by the clock. */
export interface TicketFact {
  readonly ticketId: number;
  readonly channel: string;
  /** The newest event in it. */
  lastEventId: number;
  openedAt: string;
  /** Since when the customer waits for an answer of a person; null while nobody waits. */
  waitingFrom: string | null;
  firstRepliedAt: string | null;
  lastRepliedAt: string | null;
  /** From the customer's first message to our first answer; null when we wrote first. */
  firstReplySeconds: number | null;
  firstRepliedBy: number | null;
  /** Later messages of the customer that were answered, and how long that took altogether. */
  nextReplies: number;
  nextReplySeconds: number;
  received: number;
  replies: number;
  notes: number;
  /** From one team to another, from one person to another. */
  teamHops: number;
  agentHops: number;
  reopenings: number;
  /** When it was solved last; null while it is not solved. */
  solvedAt: string | null;
  /** From opening to `solvedAt`. */
  solutionSeconds: number | null;
  /** Who solved it, else whose it was then. */
  solvedBy: number | null;
  /** How long it was whose move, in spells that ended before it was solved. */
  usSeconds: number;
  customerSeconds: number;
  otherSeconds: number;
  /** The number of the spell it is in, and its beginning. */
  seq: number;
  since: string;
  status: string;
  category: StatusCategory;
  teamId: number | null;
  assigneeId: number | null;
  lineId: number | null;
  type: string | null;
  priority: number;
  beforeReply: string | null;
}

/** A stretch of time in which status, team and owner of a ticket stayed the same. */
export interface Spell {
  readonly ticketId: number;
  readonly seq: number;
  readonly status: string;
  readonly category: StatusCategory;
  readonly teamId: number | null;
  readonly assigneeId: number | null;
  readonly since: string;
  /** Null: it lasts. */
  readonly until: string | null;
}

export const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
