import { change, findTicket, holdContact, type Change, type TicketRecord } from '@helpdesk/core';
import { findSurvey } from '../surveys/list-surveys.js';
import type { SurveyRecord } from '../surveys/survey.js';
import { addHours } from './business-hours.js';
import { findRoute } from './find-route.js';
import type { InvitationRecord } from './invitation.js';
import type { Inviter } from './inviter.js';
import { readFacts } from './read-facts.js';
import { stillHolds } from './still-holds.js';
import '../survey-hooks.js';

/** Why somebody is not asked; `wait`: not yet. */
type Reason =
  | 'off'
  | 'reopened'
  | 'late'
  | 'undecided'
  | 'unsubscribed'
  | 'automatic'
  | 'noAddress'
  | 'fatigue'
  | 'wait';

const BATCH = 100;
/** Nobody remembers the answer after that. */
const LATE_HOURS = 7 * 24;
const DAY_HOURS = 24;

/** Sends what is due; each invitation is decided about once, and for a reason that is kept. */
export async function sendDue(inviter: Inviter, signal: AbortSignal): Promise<void> {
  const { app } = inviter;
  for (let after = 0; !signal.aborted;) {
    const due: InvitationRecord[] = await app
      .db('surveys_invitations')
      .where({ state: 'waiting' })
      .where('dueAt', '<=', app.now().toISOString())
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH);
    if (due.length === 0) return;
    for (const invitation of due) {
      if (signal.aborted) return;
      await decide(inviter, invitation);
    }
    after = due.at(-1)?.id ?? after;
  }
}

async function decide(inviter: Inviter, invitation: InvitationRecord): Promise<void> {
  const { app } = inviter;
  const [survey, ticket] = await Promise.all([
    findSurvey(app.db, invitation.surveyId),
    findTicket(app.db, invitation.ticketId),
  ]);
  const because = await reasonAgainst(inviter, { invitation, survey, ticket });
  if (because === 'wait') return;
  if (because) return settle(inviter, invitation, because);
  await invite(inviter, { invitation, survey, ticket });
}

interface Case {
  readonly invitation: InvitationRecord;
  readonly survey: SurveyRecord;
  readonly ticket: TicketRecord;
}

async function reasonAgainst(inviter: Inviter, found: Case): Promise<Reason | undefined> {
  const { app, services } = inviter;
  const { invitation, survey, ticket } = found;
  if (!survey.isOn || survey.isRemoved) return 'off';
  if (!(await stillHolds(app.db, found))) return 'reopened';
  if (addHours(new Date(invitation.dueAt), LATE_HOURS) < app.now()) return 'late';
  if (ticket.undecidedSince !== null) return 'undecided';
  const route = await findRoute(app, ticket);
  if (route.by === 'none') return route.because;
  if (route.by === 'mail' && !(await services.mailer?.ready())) return 'wait';
  return undefined;
}

/** Off and reopened may come back with the next occasion, the rest is over. */
async function settle({ app }: Inviter, { id }: InvitationRecord, because: Reason): Promise<void> {
  const state = because === 'off' || because === 'reopened' ? 'cancelled' : 'skipped';
  await change(app, ({ trx }) =>
    trx('surveys_invitations').where({ id, state: 'waiting' }).update({ state, reason: because }),
  );
}

async function invite(inviter: Inviter, { invitation, survey, ticket }: Case): Promise<void> {
  const { app, deliver } = inviter;
  const facts = await readFacts(inviter, ticket);
  await change(app, async (step) => {
    const { trx, at } = step;
    const contactId = await holdContact(step, ticket.contactId);
    const because = await fatigueOf(step, { contactId, days: inviter.settings().fatigueDays });
    const row = trx('surveys_invitations').where({ id: invitation.id, state: 'waiting' });
    if (because) {
      await row.update({ state: 'skipped', reason: because, contactId });
      return;
    }
    const expiresAt = addHours(new Date(at), survey.definition.validDays * DAY_HOURS).toISOString();
    const sent = await row.update({ state: 'sent', sentAt: at, expiresAt, contactId, ...facts });
    if (sent === 0) return;
    // Commits with the row: what is called sent is on its way.
    await deliver.now({ invitationId: invitation.id }, { trx });
    step.announce('surveys.invited', {
      ticketId: ticket.id,
      contactId,
      invitationId: invitation.id,
      surveyId: survey.id,
      kind: survey.kind,
      actor: { kind: 'plugin', id: 'surveys' },
    });
  });
}

/** Read inside the transaction: of two invitations that are due at once, the second sees the first. */
async function fatigueOf(
  { trx, at }: Change,
  { contactId, days }: { contactId: number; days: number },
): Promise<'unsubscribed' | 'fatigue' | undefined> {
  if (await trx('surveys_optouts').where({ contactId }).first('contactId')) return 'unsubscribed';
  const since = addHours(new Date(at), -days * DAY_HOURS).toISOString();
  const asked: unknown = await trx('surveys_invitations')
    .where({ contactId, state: 'sent' })
    .where('sentAt', '>', since)
    .first('id');
  return asked ? 'fatigue' : undefined;
}
