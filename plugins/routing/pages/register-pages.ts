import type { Toolbox } from '@helpdesk/core';
import { importPage, takeImportPage } from './import-page.js';
import { loadMember, setContactPage, setOrganizationPage } from './member-pages.js';
import { changeRulePage, createRulePage, newRulePage, rulePage } from './rule-page.js';
import { moveRulePage, removeRulePage, RULES, rulesPage, switchRulePage } from './rules-page.js';
import { changeSegmentPage, createSegmentPage, newSegmentPage, segmentPage } from './segment-page.js';
import { archiveSegmentPage, SEGMENTS, segmentsPage } from './segments-page.js';
import { tracePage } from './trace-page.js';
import { restoreVersionPage, versionsPage } from './versions-page.js';
import { loadWhy } from './why-panel.js';

type Tools = Pick<
  Toolbox<unknown, unknown, unknown, unknown, 'routing.read' | 'routing.manage'>,
  'app' | 'desk' | 'nav' | 'panel'
>;

const READ = { permission: 'routing.read' } as const;
const MANAGE = { permission: 'routing.manage' } as const;

/** The pages of rules, segments and traces. */
export function registerPages(
  { app, desk, nav, panel }: Tools,
  { applyAll }: { applyAll: () => Promise<void> },
): void {
  nav({
    place: 'admin',
    key: 'routing-rules',
    label: 'routing.rules.title',
    icon: 'filter',
    href: RULES,
    ...READ,
  });
  nav({
    place: 'admin',
    key: 'routing-segments',
    label: 'routing.segments.title',
    icon: 'users',
    href: SEGMENTS,
    ...READ,
  });

  desk.get('/rules', READ, rulesPage);
  desk.get('/rules/new', MANAGE, newRulePage);
  desk.post('/rules/new', MANAGE, createRulePage);
  desk.get('/rules/:id', READ, rulePage);
  desk.post('/rules/:id', MANAGE, changeRulePage);
  desk.post('/rules/:id/switch', MANAGE, switchRulePage);
  desk.post('/rules/:id/move', MANAGE, moveRulePage);
  desk.post('/rules/:id/remove', MANAGE, removeRulePage);
  desk.get('/rules/:id/versions', READ, versionsPage);
  desk.post('/rules/:id/versions/restore', MANAGE, restoreVersionPage);

  desk.get('/segments', READ, segmentsPage);
  desk.get('/segments/new', MANAGE, newSegmentPage);
  desk.post('/segments/new', MANAGE, (ctx) => createSegmentPage(ctx, applyAll));
  desk.get('/segments/import', MANAGE, importPage);
  desk.post('/segments/import', MANAGE, takeImportPage);
  desk.get('/segments/:id', READ, segmentPage);
  desk.post('/segments/:id', MANAGE, (ctx) => changeSegmentPage(ctx, applyAll));
  desk.post('/segments/:id/archive', MANAGE, archiveSegmentPage);
  desk.post('/contacts/:id/segment', MANAGE, setContactPage);
  desk.post('/organizations/:id/segment', MANAGE, setOrganizationPage);

  desk.get('/tickets/:id', { permission: 'tickets.read' }, tracePage);
  panel('ticket.sidebar', {
    title: 'routing.panel.title',
    icon: 'info',
    permission: 'tickets.read',
    view: 'routing/why',
    load: ({ ticketId, viewer }) => loadWhy(app, { ticketId, viewer }),
  });
  const segment = {
    title: 'routing.member.title',
    icon: 'star',
    permission: 'contacts.read',
    view: 'routing/member',
  } as const;
  panel('contact.sidebar', {
    ...segment,
    load: ({ contactId, viewer }) => loadMember(app, { member: { contactId }, viewer }),
  });
  panel('organization.sidebar', {
    ...segment,
    load: ({ organizationId, viewer }) => loadMember(app, { member: { organizationId }, viewer }),
  });
}
