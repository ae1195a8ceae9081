import { definePlugin, typing } from '@helpdesk/core';
import { z } from 'zod';
import { createWebChatChannel } from './channel/web-chat-channel.js';
import { createTables } from './create-tables.js';
import { createFileLinks } from './files/give-file.js';
import { takeFile } from './files/take-file.js';
import { mailUnseen } from './mail/mail-unseen.js';
import { isFromSite } from './visit/entry.js';
import { keepAbout } from './visit/keep-about.js';
import { createLimits } from './visit/limits.js';
import { noteTyping } from './visit/note-typing.js';
import { sayHello } from './visit/say-hello.js';
import { takeMessages } from './visit/take-message.js';
import { tellNews } from './visit/tell-news.js';
import { createWaiters } from './visit/waiters.js';
import { sendWidget } from './visit/widget-file.js';
import { endVisits } from './visitors/end-visits.js';
import { guessContact } from './visitors/guess-contact.js';
import { visitorsOfTicket } from './visitors/ticket-of-visitor.js';
import { loadTicketPanel } from './visitors/ticket-panel.js';

const perMinute = (usual: number) => z.number().int().min(1).default(usual);

const options = z.object({
  /** How many calls in a minute are answered. */
  limits: z
    .object({
      messagesPerVisitor: perMinute(30),
      messagesPerAddress: perMinute(200),
      newVisitorsPerAddress: perMinute(30),
      asksPerAddress: perMinute(1200),
      filesPerAddress: perMinute(60),
      megabytesPerAddress: z.number().int().min(1).default(300),
    })
    .prefault({}),
});

/**
 * A chat on one's own site: `window/` is what visitors see, `visit/` answers it, `visitors/` keeps who they are and what
 * was said, `channel/` is the desk's side, `site/` what an administrator says of a chat, `mail/` what follows when an
 * answer is not seen.
 */
export const webChat = definePlugin(import.meta, {
  options,
  migrations: [createTables],

  register({
    app,
    log,
    options: { limits: most },
    channel,
    inbound,
    links,
    portal,
    collect,
    panel,
    schedule,
    onBoot,
  }) {
    const waiters = createWaiters();
    const files = createFileLinks(links);
    const limits = createLimits(most);
    channel(createWebChatChannel(app, waiters));
    portal.get('/widget.js', sendWidget);
    inbound.post('/:chat/hello', isFromSite, sayHello({ limits }));
    inbound.post('/:chat/:visitor/send', isFromSite, takeMessages({ limits, links, waiters }));
    inbound.post('/:chat/:visitor/file', isFromSite, takeFile({ limits, links }));
    inbound.get('/file/:link/:name', files.isOurs, files.give);
    inbound.post('/:chat/:visitor/news', isFromSite, tellNews({ limits, waiters, files }));
    inbound.post('/:chat/:visitor/typing', isFromSite, noteTyping({ limits }));
    inbound.post('/:chat/:visitor/about', isFromSite, keepAbout({ limits }));
    collect('contact.candidates', (asked) => guessContact(app, asked));
    panel('ticket.sidebar', {
      title: 'web-chat.panel.title',
      icon: 'chat',
      permission: 'tickets.read',
      view: 'web-chat/ticket-panel',
      load: ({ ticketId }) => loadTicketPanel(app, { ticketId }),
    });
    schedule('end', { cron: '40 3 * * *' }, ({ signal }) => endVisits(app, signal));
    schedule('mail', { cron: '* * * * *' }, ({ signal }) => mailUnseen(app, { log, files, signal }));
    onBoot(() => {
      const stop = typing(app).subscribe((ticketId, side) => {
        if (side === 'agent') void wakeAll(ticketId);
      });
      return () => {
        stop();
        waiters.close();
      };
    });

    async function wakeAll(ticketId: number): Promise<void> {
      for (const visitor of await visitorsOfTicket(app.db, ticketId).catch(() => [])) waiters.wake(visitor);
    }
  },
});
