import type { Links, Toolbox } from '@helpdesk/core';
import { answerPage, takeAnswer } from '../answer/answer-page.js';
import { isOneClick, stopPage, takeOneClick, takeStop } from '../answer/stop-page.js';
import type { Inviter } from '../invite/inviter.js';
import { loadPortalPanel } from '../rate/portal-panel.js';
import { takeRating } from '../rate/rate-page.js';
import { answersPage } from '../report/answers-page.js';
import { csvPage } from '../report/csv-page.js';
import { REPORT } from '../report/present-report.js';
import { promotersPage } from '../report/promoters-page.js';
import { reportPage } from '../report/report-page.js';
import { askPage } from './ask-page.js';
import { removeSurveyPage, SETTINGS, surveysPage, switchSurveyPage } from './list-page.js';
import { loadContactPanel, loadTicketPanel } from './panels.js';
import { previewPage } from './preview-page.js';
import {
  changeSurveyPage,
  createSurveyPage,
  newSurveyPage,
  surveyPage,
  type Services,
} from './survey-page.js';

type Tools = Pick<
  Toolbox<unknown, unknown, unknown, unknown, 'surveys.read' | 'surveys.manage'>,
  'app' | 'desk' | 'portal' | 'inbound' | 'nav' | 'panel'
>;

const READ = { permission: 'surveys.read' } as const;
const MANAGE = { permission: 'surveys.manage' } as const;

/** The pages of the team and those of customers. */
export function registerPages(
  { app, desk, portal, inbound, nav, panel }: Tools,
  { links, services, inviter }: { links: Links; services: Services; inviter: Inviter },
): void {
  nav({ place: 'main', key: 'surveys', label: 'surveys.report.title', icon: 'chart', href: REPORT, ...READ });
  nav({
    place: 'admin',
    key: 'surveys',
    label: 'surveys.settings.title',
    icon: 'star',
    href: SETTINGS,
    ...READ,
  });

  desk.get('/', READ, (ctx) => ctx.redirect(REPORT));
  desk.get('/report', READ, (ctx) => reportPage(ctx, services));
  desk.get('/report/answers', READ, (ctx) => answersPage(ctx, services));
  desk.get('/report/answers.csv', READ, (ctx) => csvPage(ctx, services));
  desk.get('/report/promoters', READ, promotersPage);
  desk.get('/settings', READ, surveysPage);
  desk.get('/settings/new', MANAGE, (ctx) => newSurveyPage(ctx, services));
  desk.post('/settings/new', MANAGE, (ctx) => createSurveyPage(ctx, services));
  desk.get('/settings/:id', READ, (ctx) => surveyPage(ctx, services));
  desk.post('/settings/:id', MANAGE, (ctx) => changeSurveyPage(ctx, services));
  desk.get('/settings/:id/preview', READ, previewPage);
  desk.post('/settings/:id/switch', MANAGE, switchSurveyPage);
  desk.post('/settings/:id/remove', MANAGE, removeSurveyPage);
  desk.post('/contacts/:id/ask', MANAGE, askPage);

  portal.get('/:token', (ctx) => answerPage(ctx, links));
  portal.post('/:token', (ctx) => takeAnswer(ctx, links));
  portal.get('/stop/:token', (ctx) => stopPage(ctx, links));
  portal.post('/stop/:token', (ctx) => takeStop(ctx, links));
  portal.own.post('/requests/:number', (ctx) => takeRating(ctx, inviter));
  inbound.post(
    '/stop/:token',
    (ctx) => isOneClick(ctx, links),
    (ctx) => takeOneClick(ctx, links),
  );
  // Programs without the button open the same address as a page.
  inbound.get(
    '/stop/:token',
    () => true,
    (ctx) => ctx.redirect(`/surveys/stop/${ctx.params['token'] ?? ''}`),
  );

  panel('ticket.sidebar', {
    title: 'surveys.panel.title',
    icon: 'star',
    permission: 'tickets.read',
    view: 'surveys/ticket-panel',
    load: ({ ticketId, viewer }) => loadTicketPanel(app, { ticketId, viewer }),
  });
  panel('contact.sidebar', {
    title: 'surveys.panel.title',
    icon: 'star',
    permission: 'surveys.read',
    view: 'surveys/contact-panel',
    load: ({ contactId, viewer }) => loadContactPanel(app, { contactId, viewer }),
  });
  panel('portal.request', {
    title: 'surveys.rate.title',
    icon: 'star',
    view: 'surveys/portal-panel',
    load: ({ ticketId, contactId, language }) => loadPortalPanel(inviter, { ticketId, contactId, language }),
  });
}
