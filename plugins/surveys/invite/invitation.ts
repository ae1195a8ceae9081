import type { Knex } from 'knex';
import type { Kind } from '../kinds/kind.js';

/** An invitation and, once there is one, its answer. */
export interface InvitationRecord {
  readonly id: number;
  readonly surveyId: number;
  readonly kind: Kind;
  readonly ticketId: number;
  readonly contactId: number;
  readonly state: 'waiting' | 'sent' | 'cancelled' | 'skipped';
  /** Why it was cancelled or skipped: the end of a text key. */
  readonly reason: string | null;
  readonly language: 'ru' | 'en';
  readonly dueAt: string;
  readonly sentAt: string | null;
  readonly expiresAt: string | null;
  readonly lineId: number | null;
  readonly teamId: number | null;
  readonly agentId: number | null;
  readonly hat: string | null;
  readonly segmentId: number | null;
  readonly month: string | null;
  readonly score: number | null;
  readonly comment: string;
  readonly mayContact: number;
  readonly answers: number;
  readonly answeredAt: string | null;
  readonly alertedAt: string | null;
  readonly followUpId: number | null;
}

export async function findInvitation(
  db: Knex,
  where: Partial<Pick<InvitationRecord, 'id' | 'ticketId'>>,
): Promise<InvitationRecord | undefined> {
  return db('surveys_invitations').where(where).first();
}
