import { deskFrame, mailboxSetup, mailer, sampleMail } from '@helpdesk/core/contracts';
import { definePlugin } from '@helpdesk/core';
import { registerAdmin } from './admin/register.js';
import { registerContacts } from './contacts/register.js';
import { registerEntry } from './entry/register.js';
import { buildFrame } from './frame/build-frame.js';
import { registerInbox } from './inbox/register.js';
import { registerTicket } from './ticket/register.js';

/**
 * The workspace of the agents, mounted at `/desk`. `inbox/` lists, `ticket/` is one ticket, search and new tickets,
 * `entry/` signing in, setup and profile, `contacts/` and `admin/` what their names say, `frame/` what stands around.
 */
export const desk = definePlugin(import.meta, {
  mount: { desk: '/desk' },
  provides: { deskFrame },
  optional: { mailer, mailboxSetup, sampleMail },
  register(tools) {
    tools.provide(deskFrame, { build: buildFrame });
    registerEntry(tools);
    registerInbox(tools);
    registerTicket(tools);
    registerContacts(tools);
    registerAdmin(tools);
  },
});
