import { definePlugin } from '@helpdesk/core';
import { z } from 'zod';
import type { Status } from './api/payload.js';
import { createTemplateList } from './channel/list-templates.js';
import { createWhatsAppChannel } from './channel/whatsapp-channel.js';
import { connectNumbers } from './connect/connect-numbers.js';
import { noteStatus } from './connect/note-status.js';
import { isFromWhatsApp } from './connect/proven-accounts.js';
import { takeCall, type Taking } from './connect/take-call.js';
import { asksToVerify, verifyAddress } from './connect/verify-address.js';
import { whoHasNumber } from './connect/who-has-number.js';

const options = z.object({
  /** The Graph API with its version. */
  apiUrl: z
    .url()
    .default('https://graph.facebook.com/v24.0')
    .transform((url) => url.replace(/\/$/, '')),
});

const EARLY_MS = 30_000;

/** Numbers of WhatsApp Business, any number of them, by the Cloud API. */
export const whatsapp = definePlugin(import.meta, {
  options,

  register({ app, log, options: { apiUrl }, channel, collect, inbound, job, on, schedule }) {
    const noteLater = job('status', ({ accountId, status }: { accountId: number; status: Status }) =>
      noteStatus(app, accountId, status),
    );
    const taking: Taking = {
      async noteStatus(accountId, status) {
        // It may be quicker than the answer to what we sent; what is still unknown then is not from this desk.
        if (!(await noteStatus(app, accountId, status))) await noteLater.in(EARLY_MS, { accountId, status });
      },
    };
    const connect = () => connectNumbers(app, { apiUrl, log });
    const listTemplates = createTemplateList(app, log);
    channel(createWhatsAppChannel(app, { apiUrl, listTemplates }));
    inbound.get('/', asksToVerify, verifyAddress);
    inbound.post('/', isFromWhatsApp, (ctx) => takeCall(ctx, taking));
    collect('contact.candidates', (asked) => whoHasNumber(app, asked));
    on('account.added', ({ channel: id }) => (id === 'whatsapp' ? connect() : undefined));
    on('account.changed', connect);
    schedule('connect', { cron: '*/15 * * * *' }, connect);
  },
});
