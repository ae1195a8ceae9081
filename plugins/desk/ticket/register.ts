import type { DeskTools } from '../tools.js';
import {
  addTag,
  changeAssignee,
  changeHat,
  changeLine,
  changePriority,
  changeStatus,
  changeSubject,
  changeTeam,
  changeType,
  removeTag,
  reopen,
  snooze,
  solve,
} from './change-ticket.js';
import { changeContact, editTicketPage, linkByNumber, openByNumber } from './edit-page.js';
import { decideSenderPage, undoSenderPage } from './identity/decide-sender-page.js';
import { createTicket, newTicketPage } from './new-ticket.js';
import { sendPicture } from './pictures/send-picture.js';
import { postMessage } from './post-message.js';
import { removeReply, repliesPage, saveReply } from './replies-page.js';
import { searchPage } from './search-page.js';
import { sendFile } from './send-file.js';
import { showEvent } from './show-event.js';
import { showBody } from './show-body.js';
import { ticketPage } from './show-ticket.js';
import { keepDraft, notePresence, retryNow, showPresence, undoMessage } from './small-posts.js';

const READ = { permission: 'tickets.read' } as const;
const OPEN = { permission: 'tickets.open' } as const;
const EDIT = { permission: 'tickets.edit' } as const;
const SOLVE = { permission: 'tickets.solve' } as const;
const ASSIGN = { permission: 'tickets.assign' } as const;
const REPLY = { permission: 'tickets.reply' } as const;
const REPLIES = { permission: 'replies.edit' } as const;

/** One ticket: reading, answering, changing; search; tickets by hand; saved replies. */
export function registerTicket({ desk, slot }: DeskTools): void {
  for (const place of ['ticket.sidebar', 'ticket.props', 'composer.tools']) slot(place);
  desk.get('/search', READ, searchPage);
  desk.get('/tickets/new', OPEN, newTicketPage);
  desk.post('/tickets/new', OPEN, createTicket);
  desk.get('/tickets/number/:number', READ, openByNumber);
  desk.get('/tickets/:id', READ, ticketPage);
  desk.get('/tickets/:id/events/:eventId', READ, showEvent);
  desk.get('/tickets/:id/edit', EDIT, editTicketPage);
  desk.post('/tickets/:id/link', EDIT, linkByNumber);
  desk.post('/tickets/:id/contact', EDIT, changeContact);
  // Whether it is an answer or a note, and may be, is checked where it is known.
  desk.post('/tickets/:id/reply', READ, postMessage);
  desk.post('/tickets/:id/draft', READ, keepDraft);
  desk.get('/tickets/:id/presence', READ, showPresence);
  desk.post('/tickets/:id/presence', READ, notePresence);
  desk.post('/tickets/:id/status', SOLVE, changeStatus);
  desk.post('/tickets/:id/solve', SOLVE, solve);
  desk.post('/tickets/:id/reopen', SOLVE, reopen);
  desk.post('/tickets/:id/snooze', SOLVE, snooze);
  desk.post('/tickets/:id/assignee', READ, changeAssignee);
  desk.post('/tickets/:id/team', ASSIGN, changeTeam);
  desk.post('/tickets/:id/line', EDIT, changeLine);
  desk.post('/tickets/:id/priority', EDIT, changePriority);
  desk.post('/tickets/:id/type', EDIT, changeType);
  desk.post('/tickets/:id/subject', EDIT, changeSubject);
  desk.post('/tickets/:id/hat', EDIT, changeHat);
  desk.post('/tickets/:id/sender', EDIT, decideSenderPage);
  desk.post('/tickets/:id/sender/:eventId/undo', EDIT, undoSenderPage);
  desk.post('/tickets/:id/tags', EDIT, addTag);
  desk.post('/tickets/:id/tags/remove', EDIT, removeTag);
  desk.get('/messages/:id/body', READ, showBody);
  desk.get('/messages/:id/pictures/:number', READ, sendPicture);
  desk.post('/messages/:id/undo', REPLY, undoMessage);
  desk.post('/deliveries/:id/retry', REPLY, retryNow);
  desk.get('/files/:key/:name', READ, sendFile);
  desk.get('/replies', REPLIES, repliesPage);
  desk.post('/replies', REPLIES, saveReply);
  desk.post('/replies/:id/remove', REPLIES, removeReply);
}
