import { definePlugin } from '@helpdesk/core';
import { mailer } from '@helpdesk/core/contracts';
import { factsOf } from '@helpdesk/plugin-reporting/contract';
import { createTables } from './create-tables.js';
import { followMerges } from './follow-merges.js';
import { checkMail } from './invite/check-mail.js';
import { deliverInvitation } from './invite/deliver-invitation.js';
import { followTickets } from './invite/follow-tickets.js';
import type { Inviter } from './invite/inviter.js';
import { sendDue } from './invite/send-due.js';
import { badgesOf } from './pages/badges.js';
import { registerPages } from './pages/register-pages.js';
import { surveyFacts } from './report/report-facts.js';
import { followAnswers } from './react/react-to-answer.js';
import { segments } from './segments.js';
import { surveyHooks } from './survey-hooks.js';
import { surveySettings } from './settings.js';

/**
 * How it was, in the customer's words: `surveys/` that ask, `invite/` which asks by mail after a delay, `answer/` the customer's
 * page, `rate/` the same on the page of a request, `react/` what an answer sets going, `report/` what they amount to by `kinds/` of question.
 */
export const surveys = definePlugin(import.meta, {
  settings: surveySettings,
  migrations: [createTables],
  permissions: { 'surveys.read': 'surveys.permission.read', 'surveys.manage': 'surveys.permission.manage' },
  hooks: surveyHooks,
  provides: { facts: factsOf('surveys') },
  optional: { mailer, segments },

  register(tools) {
    const { app, settings, services, collect, provide, follow, schedule, job, links, healthCheck } = tools;
    const deliver = job('deliver', (input: { invitationId: number }) => deliverInvitation(inviter, input));
    const inviter: Inviter = { app, links, deliver, services, settings: () => settings.current() };
    followTickets(follow, inviter);
    schedule('send', { cron: '* * * * *' }, ({ signal }) => sendDue(inviter, signal));
    followAnswers(follow, app);
    followMerges(app, follow);
    provide(factsOf('surveys'), surveyFacts);
    collect('ticket.badges', (asked) => badgesOf(app, asked));
    healthCheck('mail', () => checkMail(inviter));
    registerPages(tools, { links, services, inviter });
  },
});
