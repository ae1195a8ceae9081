import type { DeskContext, Toolbox } from '@helpdesk/core';
import { calendarPage, newCalendarPage, takeCalendarPage } from './calendar-page.js';
import { newPolicyPage, policyPage, removePolicyPage, takePolicyPage } from './policy-page.js';
import { latePage, reportCsv, reportPage } from './report-page.js';
import { movePolicyPage, restoreRulesPage, rulesPage } from './rules-page.js';
import { REPORT, SLA, type SlaPages } from './sla-pages.js';
import { goPage, loadPanel, stopPage, ticketPage } from './ticket-page.js';

type Tools = Pick<
  Toolbox<unknown, unknown, unknown, unknown, 'sla.read' | 'sla.manage' | 'sla.stop' | 'sla.report'>,
  'app' | 'desk' | 'nav' | 'panel'
>;

const READ = { permission: 'sla.read' } as const;
const MANAGE = { permission: 'sla.manage' } as const;
const REPORTS = { permission: 'sla.report' } as const;
const STOP = { permission: 'sla.stop' } as const;

/** The pages of policies and calendars, of a ticket's clocks, and the report. */
export function registerPages({ app, desk, nav, panel }: Tools, pages: SlaPages): void {
  const on = (show: (ctx: DeskContext, pages: SlaPages) => Promise<void>) => (ctx: DeskContext) =>
    show(ctx, pages);
  nav({ place: 'admin', key: 'sla', label: 'sla.title', icon: 'clock', href: SLA, ...READ });
  nav({ place: 'main', key: 'sla-report', label: 'sla.report.nav', icon: 'chart', href: REPORT, ...REPORTS });

  desk.get('/', READ, on(rulesPage));
  desk.get('/policies/new', MANAGE, on(newPolicyPage));
  desk.post('/policies/new', MANAGE, (ctx) => takePolicyPage(ctx, pages, true));
  desk.get('/policies/:id', READ, on(policyPage));
  desk.post('/policies/:id', MANAGE, (ctx) => takePolicyPage(ctx, pages, false));
  desk.post('/policies/:id/move', MANAGE, on(movePolicyPage));
  desk.post('/policies/:id/remove', MANAGE, on(removePolicyPage));
  desk.get('/calendars/new', MANAGE, newCalendarPage);
  desk.post('/calendars/new', MANAGE, (ctx) => takeCalendarPage(ctx, pages, true));
  desk.get('/calendars/:id', READ, calendarPage);
  desk.post('/calendars/:id', MANAGE, (ctx) => takeCalendarPage(ctx, pages, false));

  desk.post('/changes/:id/restore', MANAGE, on(restoreRulesPage));

  desk.get('/report', REPORTS, on(reportPage));
  desk.get('/report.csv', REPORTS, on(reportCsv));
  desk.get('/report/late', REPORTS, on(latePage));

  desk.get('/tickets/:id', { permission: 'tickets.read' }, on(ticketPage));
  desk.post('/tickets/:id/stop', STOP, stopPage);
  desk.post('/tickets/:id/go', STOP, goPage);
  panel('ticket.sidebar', {
    title: 'sla.panel.title',
    icon: 'clock',
    permission: 'tickets.read',
    view: 'sla/panel',
    load: ({ ticketId, viewer }) => loadPanel(app, { ticketId, viewer, segments: pages.segments() }),
  });
}
