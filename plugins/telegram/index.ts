import { definePlugin, longText } from '@helpdesk/core';
import { z } from 'zod';
import { callTelegram } from './api/call-telegram.js';
import { botOf } from './channel/bot-of.js';
import { createTelegramChannel } from './channel/telegram-channel.js';
import { connectBots } from './connect/connect-bots.js';
import { isFromTelegram, takeCall, type Taking } from './connect/webhook.js';

const options = z.object({
  /** A Bot API server of one's own. */
  apiUrl: z
    .url()
    .default('https://api.telegram.org')
    .transform((url) => url.replace(/\/$/, '')),
  /** How long a question for updates is held open, in seconds. */
  holdSeconds: z.number().int().min(0).max(60).default(50),
});

/** Telegram bots, any number of them, by webhook or by long polling. */
export const telegram = definePlugin(import.meta, {
  options,
  settings: {
    greeting: longText({ label: 'telegram.setting.greeting', max: 1000 }),
  },

  register({
    app,
    log,
    options: { apiUrl, holdSeconds },
    settings,
    channel,
    inbound,
    job,
    on,
    schedule,
    onBoot,
    t,
  }) {
    const greet = job('greet', async ({ accountId, chatId }: { accountId: number; chatId: number }) => {
      const text = settings.current().greeting.trim() || t(app.company.language, 'telegram.greeting');
      await callTelegram(await botOf(app, accountId, apiUrl), 'sendMessage', { chat_id: chatId, text });
    });
    const taking: Taking = {
      greet: (accountId, chatId) => greet.now({ accountId, chatId }),
      // A courtesy that is over in seconds: not worth a second try.
      pressed: async (accountId, callbackId) =>
        void (await callTelegram(
          await botOf(app, accountId, apiUrl),
          'answerCallbackQuery',
          { callback_query_id: callbackId },
          { timeoutMs: 3000 },
        )),
    };
    const bots = connectBots(app, { log, apiUrl, holdSeconds, taking });
    channel(createTelegramChannel(app, { apiUrl }));
    inbound.post('/:account', isFromTelegram, (ctx) => takeCall(ctx, taking));
    on('account.added', ({ channel: id }) => (id === 'telegram' ? bots.refresh() : undefined));
    on('account.changed', () => bots.refresh());
    on('account.removed', () => bots.refresh());
    schedule('webhooks', { cron: '*/5 * * * *' }, () => bots.checkWebhooks());
    onBoot(async () => {
      await bots.refresh();
      return () => bots.stop();
    });
  },
});
