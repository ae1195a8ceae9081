import { isError, type Links, type PortalContext } from '@helpdesk/core';
import { z } from 'zod';
import { findInvitation, type InvitationRecord } from '../invite/invitation.js';
import { findSurvey } from '../surveys/list-surveys.js';
import type { SurveyRecord } from '../surveys/survey.js';

const Sealed = z.object({ invitationId: z.number().int() });

/** What the link in an invitation opens. */
export interface Opened {
  readonly invitation: InvitationRecord;
  readonly survey: SurveyRecord;
  readonly ticket: { readonly number: number; readonly subject: string };
}
export type OpenedOrNot =
  | ({ readonly ok: true } & Opened)
  | { readonly ok: false; readonly because: 'wrong' | 'expired' };

/** Reads a link. One that is wrong and one that is too old are answers, not errors: the page says so kindly. */
export async function openLink(ctx: PortalContext, links: Links): Promise<OpenedOrNot> {
  const id = readToken(ctx.params['token'], links);
  if (typeof id === 'string') return { ok: false, because: id };
  const invitation = await findInvitation(ctx.db, { id });
  if (invitation?.state !== 'sent') return { ok: false, because: 'wrong' };
  if ((invitation.expiresAt ?? '') <= ctx.now.toISOString()) return { ok: false, because: 'expired' };
  const [survey, ticket] = await Promise.all([
    findSurvey(ctx.db, invitation.surveyId),
    ctx.db('tickets').where({ id: invitation.ticketId }).first('number', 'subject') as Promise<
      Opened['ticket']
    >,
  ]);
  return { ok: true, invitation, survey, ticket };
}

function readToken(token: string | undefined, links: Links): number | 'wrong' | 'expired' {
  return opened(() => links.open(token, Sealed).invitationId);
}

function opened<T>(open: () => T): T | 'wrong' | 'expired' {
  try {
    return open();
  } catch (error) {
    if (isError(error, 'LINK_EXPIRED')) return 'expired';
    if (isError(error, 'LINK_INVALID')) return 'wrong';
    throw error;
  }
}

const SealedStop = z.object({ stops: z.number().int() });
const STOP_DAYS = 400;

/** The address under which surveys are ended; it lasts longer than the survey. */
export const sealStop = (links: Links, invitationId: number): string =>
  links.seal({ stops: invitationId }, { days: STOP_DAYS });

/** The invitation whose customer wants no more. */
export async function openStop(
  { app, params }: Pick<PortalContext, 'app' | 'params'>,
  links: Links,
): Promise<InvitationRecord | 'wrong' | 'expired'> {
  const id = opened(() => links.open(params['token'], SealedStop).stops);
  if (typeof id === 'string') return id;
  return (await findInvitation(app.db, { id })) ?? 'wrong';
}
