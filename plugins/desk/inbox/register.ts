import type { DeskContext } from '@helpdesk/core';
import type { DeskTools } from '../tools.js';
import { changeMany } from './bulk.js';
import { outdateCounts } from './counts-of.js';
import { showList, showRow } from './list-page.js';
import { openLive } from './live.js';
import { addSavedView, removeSavedView, renameSavedView } from './saved-views.js';
import { setDensity } from './set-density.js';
import { viewNames } from './ticket-view.js';
import { undoMany } from './undo.js';

/** The list of tickets, what is done with many of them, and the live connection of all pages. */
export function registerInbox(tools: DeskTools): void {
  const { desk } = tools;
  const read = { permission: 'tickets.read' } as const;
  desk.own.get('/', showStart);
  desk.get('/inbox', read, showList);
  desk.get('/inbox/rows/:id', read, showRow);
  desk.get('/live', read, openLive);
  desk.post('/inbox/bulk', read, (ctx) => changeMany(tools, ctx));
  desk.post('/inbox/undo', read, (ctx) => undoMany(tools, ctx));
  desk.post('/inbox/density', read, setDensity);
  desk.post('/inbox/views', read, addSavedView);
  desk.post('/inbox/views/:id/rename', read, renameSavedView);
  desk.post('/inbox/views/:id/remove', read, removeSavedView);
  for (const name of moving) tools.on(name, () => outdateCounts(tools.app));
}

/** After these the counts of the menu are others. */
const moving = [
  'ticket.opened',
  'ticket.assigned',
  'ticket.transferred',
  'ticket.lineChanged',
  'ticket.snoozed',
  'ticket.woken',
  'ticket.waiting',
  'ticket.reopened',
  'ticket.solved',
  'ticket.closed',
  'message.received',
  'message.replied',
  'message.noted',
  'message.autoReplied',
  'ticket.senderDisputed',
  'ticket.senderDecided',
  'ticket.senderReopened',
  'ticket.contactChanged',
] as const;

/** The start page is the list that somebody has chosen for it. */
function showStart(ctx: DeskContext): void {
  const { startView } = ctx.agent.preferences;
  const name = viewNames.find((known) => known === startView);
  ctx.redirect(name && name !== 'all' ? `/desk/inbox?view=${name}` : '/desk/inbox');
}
