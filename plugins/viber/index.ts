import { definePlugin, longText } from '@helpdesk/core';
import { z } from 'zod';
import type { Receipt } from './api/callback.js';
import { createViberChannel } from './channel/viber-channel.js';
import { connectBots } from './connect/connect-bots.js';
import { createFileLinks } from './connect/file-links.js';
import { isFromViber, noteWhatBecame, takeCall, type Taking } from './connect/webhook.js';

const options = z.object({
  /** Viber's API, or a proxy. */
  apiUrl: z
    .url()
    .default('https://chatapi.viber.com/pa')
    .transform((url) => url.replace(/\/$/, '')),
  /** Files of customers are fetched from these hosts and those below them. */
  fileHosts: z.array(z.string()).default(['viber.com']),
  /** How long Viber can fetch a file of an answer. */
  fileDays: z.number().min(0.01).max(30).default(1),
});

const EARLY_MS = 30_000;

/** Viber bots, any number of them, by webhook. */
export const viber = definePlugin(import.meta, {
  options,
  settings: {
    greeting: longText({ label: 'viber.setting.greeting', max: 1000 }),
  },

  register({ app, log, options: { apiUrl, fileHosts, fileDays }, settings, links, t, ...kit }) {
    const { channel, inbound, job, on, schedule } = kit;
    const noteLater = job('receipt', ({ accountId, receipt }: { accountId: number; receipt: Receipt }) =>
      noteWhatBecame(app, accountId, receipt),
    );
    const taking: Taking = {
      greeting: () => settings.current().greeting.trim() || t(app.company.language, 'viber.greeting'),
      async noteReceipt(accountId, receipt) {
        // It may be quicker than the answer to what we sent.
        if (!(await noteWhatBecame(app, accountId, receipt)))
          await noteLater.in(EARLY_MS, { accountId, receipt });
      },
    };
    const files = createFileLinks(app, { links, days: fileDays });
    const connect = () => connectBots(app, { apiUrl, log });
    channel(createViberChannel(app, { apiUrl, hosts: fileHosts, files }));
    inbound.get('/file/:link/:name', files.isOurs, files.give);
    inbound.post('/:account', isFromViber, (ctx) => takeCall(ctx, taking));
    on('account.added', ({ channel: id }) => (id === 'viber' ? connect() : undefined));
    on('account.changed', connect);
    schedule('connect', { cron: '*/15 * * * *' }, connect);
  },
});
