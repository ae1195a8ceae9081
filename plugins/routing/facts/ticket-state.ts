import type { StatusCategory } from '@helpdesk/core';

/** A ticket at one moment, as rules look at it: now, or rebuilt from the log for a dry run. */
export interface TicketState {
  readonly id: number;
  readonly number: number;
  readonly subject: string;
  readonly category: StatusCategory;
  readonly status: string;
  readonly priority: number;
  readonly type: string | null;
  readonly channel: string;
  readonly lineId: number | null;
  readonly teamId: number | null;
  readonly assigneeId: number | null;
  readonly contactId: number;
  readonly membershipId: number | null;
  readonly tags: readonly string[];
  readonly messageCount: number;
  /** ISO text. */
  readonly openedAt: string;
  /** Since when the customer waits for us, ISO text. */
  readonly waitingSince: string | null;
  /** What came from outside last. */
  readonly message: { readonly text: string; readonly auto: string | null } | null;
}
