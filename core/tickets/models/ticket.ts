import { Row } from '../../database/record.js';
import type { StatusCategory } from './status.js';

/** Where a ticket is listed. */
export type Bucket = 'open' | 'snoozed' | 'done';

/** 1 low, 2 normal, 3 high, 4 urgent. */
export type Priority = 1 | 2 | 3 | 4;
export const priorities: readonly Priority[] = [4, 3, 2, 1];

export interface TicketRecord {
  readonly id: number;
  /** What people say: "№ 4821". */
  readonly number: number;
  readonly subject: string;
  readonly status: string;
  readonly category: StatusCategory;
  readonly bucket: Bucket;
  readonly priority: Priority;
  readonly type: string | null;
  readonly channel: string;
  readonly accountId: number | null;
  readonly lineId: number | null;
  readonly teamId: number | null;
  readonly assigneeId: number | null;
  readonly contactId: number;
  readonly membershipId: number | null;
  /** A text key: why it is this hat. */
  readonly membershipReason: string | null;
  /** The values in that text, JSON. */
  readonly membershipValues: string | null;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly firstRepliedAt: string | null;
  readonly solvedAt: string | null;
  readonly closedAt: string | null;
  readonly waitingSince: string | null;
  readonly dueAt: string | null;
  readonly attentionAt: string;
  /** Strong signs of who wrote disagree since then; until somebody decides, nothing answers by itself. */
  readonly undecidedSince: string | null;
  readonly snoozedUntil: string | null;
  readonly staysSnoozed: number;
  readonly lastMessageAt: string;
  readonly snippet: string;
  readonly messageCount: number;
  readonly version: number;
}

export interface Ticket extends TicketRecord {}
export class Ticket extends Row {
  declare id: number;
  static override tableName = 'tickets';
}
