import { change, type HostApp, type Logged, type Toolbox } from '@helpdesk/core';
import type { Trigger } from '../surveys/survey.js';
import type { Inviter } from './inviter.js';
import { planInvitation } from './plan-invitation.js';

type Follow = Toolbox<unknown, unknown, unknown, unknown, never>['follow'];

/** What happened longer ago is history that was taken in: nobody is asked about the past. */
const FRESH_MS = 24 * 3_600_000;

/** Invitations are planned by what happens to tickets from now on, and called off when one is reopened. */
export function followTickets(follow: Follow, inviter: Inviter): void {
  const plan =
    (trigger: Trigger) =>
    async ({ ticketId }: { ticketId: number }, { at }: Logged) => {
      if (inviter.app.now().getTime() - at.getTime() > FRESH_MS) return;
      await planInvitation(inviter, { ticketId, trigger, at });
    };
  follow(
    {
      'ticket.solved': plan('solved'),
      'ticket.closed': plan('closed'),
      'message.replied': plan('reply'),
      'ticket.reopened': ({ ticketId }) => callOff(inviter.app, ticketId),
    },
    { name: 'invitations', from: 'now' },
  );
}

/** What has not left yet does not leave. */
async function callOff(app: HostApp, ticketId: number): Promise<void> {
  await change(app, ({ trx }) =>
    trx('surveys_invitations')
      .where({ ticketId, state: 'waiting' })
      .update({ state: 'cancelled', reason: 'reopened' }),
  );
}
