import type { Viewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { InvitationRecord } from '../invite/invitation.js';
import { inGroup, invitationsIn, type Filters, type GroupValue } from './filters.js';

export type AnswerRow = Pick<
  InvitationRecord,
  | 'id'
  | 'surveyId'
  | 'kind'
  | 'ticketId'
  | 'contactId'
  | 'lineId'
  | 'teamId'
  | 'agentId'
  | 'hat'
  | 'segmentId'
  | 'month'
  | 'comment'
  | 'mayContact'
> & {
  readonly score: number;
  readonly answeredAt: string;
  readonly number: number;
  readonly subject: string;
  readonly contact: string;
};

export interface ListAnswers {
  readonly filters: Filters;
  readonly viewer: Viewer;
  readonly timeZone: string;
  readonly group?: GroupValue;
  /** Only those with words. */
  readonly withComment?: boolean;
  /** Older than this one. */
  readonly before?: number;
  readonly limit: number;
}

/** Answers, the newest invitation first. */
export async function listAnswers(db: Knex, input: ListAnswers): Promise<AnswerRow[]> {
  const { filters, group, withComment = false, before, limit } = input;
  const query = invitationsIn(db, input)
    .join('contacts', 'contacts.id', 'surveys_invitations.contactId')
    .whereNotNull('score')
    .orderBy('surveys_invitations.id', 'desc')
    .limit(limit);
  if (group !== undefined) inGroup(query, filters.by, group);
  if (withComment) void query.whereNot('comment', '');
  if (before !== undefined) void query.where('surveys_invitations.id', '<', before);
  const own = OWN.map((name) => `surveys_invitations.${name}`);
  return query.select<AnswerRow[]>(...own, 'number', 'subject', 'contacts.name as contact');
}

const OWN = [
  'id',
  'surveyId',
  'kind',
  'ticketId',
  'contactId',
  'lineId',
  'teamId',
  'agentId',
  'hat',
  'segmentId',
  'month',
  'comment',
  'mayContact',
  'score',
  'answeredAt',
] as const;
