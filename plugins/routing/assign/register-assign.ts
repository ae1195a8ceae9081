import type { Toolbox } from '@helpdesk/core';
import { absencePage, saveAbsence } from './absence-page.js';
import { listPeoplePage } from './list-people-page.js';
import { loadManagers, saveContactManager, saveOrganizationManager } from './manager-panel.js';
import { personPage, savePersonPage } from './person-page.js';

export type RoutingTools = Pick<
  Toolbox<unknown, unknown, unknown, unknown, 'routing.read' | 'routing.manage'>,
  'app' | 'desk' | 'nav' | 'panel' | 'guard' | 'follow'
>;

const MANAGE = { permission: 'routing.manage' } as const;

/** The pages that say how work is given to people, and whose customer somebody is. */
export function registerAssign({ app, desk, nav, panel }: RoutingTools): void {
  const people = { key: 'routing-people', label: 'routing.assign.people', icon: 'users' } as const;
  nav({ place: 'admin', ...people, href: '/desk/routing/people', ...MANAGE });
  desk.get('/people', MANAGE, listPeoplePage);
  desk.get('/people/:id', MANAGE, personPage);
  desk.post('/people/:id', MANAGE, savePersonPage);
  desk.own.get('/away', absencePage);
  desk.own.post('/away', saveAbsence);
  desk.post('/managers/contact/:id', MANAGE, saveContactManager);
  desk.post('/managers/organization/:id', MANAGE, saveOrganizationManager);
  panel('user.menu', {
    title: 'routing.assign.absence',
    view: 'routing/tiers/absence-link',
    load: () => ({ href: '/desk/routing/away' }),
  });
  panel('contact.sidebar', {
    title: 'routing.assign.manager',
    icon: 'star',
    permission: 'contacts.read',
    view: 'routing/tiers/managers',
    load: ({ contactId }) => loadManagers(app, contactId),
  });
}
