import { registerAssign, type RoutingTools } from '../assign/register-assign.js';
import { followTickets } from './follow-tickets.js';
import { guardAnswer } from './guard-answer.js';
import { addCardPage, handOverPage, postCard, postHandOver } from './hand-over-page.js';
import { loadCard, loadWork } from './panels.js';
import { editResponsibility, responsibilityPage, saveResponsibility } from './responsibility-page.js';
import { saveTiersPage, tiersPage } from './tiers-page.js';
import { postGiveBack, postTake } from './work-actions.js';
import { countWork, workPage } from './work-page.js';

const READ = { permission: 'tickets.read' } as const;
const EDIT = { permission: 'tickets.edit' } as const;
const LOOK = { permission: 'routing.read' } as const;
const MANAGE = { permission: 'routing.manage' } as const;

/** Assignment and tiers: their pages, panels, what they follow and what they refuse. */
export function registerTiers(tools: RoutingTools): void {
  const { app, desk, nav, panel, guard, follow } = tools;
  registerAssign(tools);
  const admin = (key: string, label: string, icon: string) =>
    ({ place: 'admin', key: `routing-${key}`, label, icon, href: `/desk/routing/${key}` }) as const;
  nav({ ...admin('tiers', 'routing.tiers.title', 'up'), ...MANAGE });
  nav({ ...admin('responsibility', 'routing.matrix.nav', 'list'), ...LOOK });
  nav({
    place: 'main',
    key: 'routing-work',
    label: 'routing.tiers.work',
    icon: 'forward',
    href: '/desk/routing/work',
    ...READ,
    count: (host, viewer) => countWork(host, viewer),
  });
  desk.get('/work', READ, workPage);
  desk.get('/tickets/:id/hand-over', EDIT, handOverPage);
  desk.post('/tickets/:id/hand-over', EDIT, postHandOver);
  desk.get('/tickets/:id/card', EDIT, addCardPage);
  desk.post('/tickets/:id/card', EDIT, postCard);
  desk.post('/tickets/:id/take', EDIT, postTake);
  desk.post('/tickets/:id/give-back', EDIT, postGiveBack);
  desk.get('/tiers', MANAGE, tiersPage);
  desk.post('/tiers', MANAGE, saveTiersPage);
  desk.get('/responsibility', LOOK, responsibilityPage);
  desk.get('/responsibility/edit', MANAGE, editResponsibility);
  desk.post('/responsibility/edit', MANAGE, saveResponsibility);
  panel('ticket.props', {
    title: 'routing.tiers.card.title',
    permission: 'tickets.read',
    view: 'routing/tiers/card',
    load: ({ ticketId, viewer }) => loadCard(app, { ticketId, viewer }),
  });
  panel('ticket.sidebar', {
    title: 'routing.tiers.panel',
    icon: 'forward',
    permission: 'tickets.read',
    view: 'routing/tiers/panel',
    load: ({ ticketId, viewer }) => loadWork(app, { ticketId, viewer }),
  });
  guard('message.sending', (sending) => guardAnswer(app, sending));
  follow(followTickets(app), { name: 'tiers' });
}
