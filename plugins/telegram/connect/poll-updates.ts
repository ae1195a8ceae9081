import { setTimeout as sleep } from 'node:timers/promises';
import { noteHeartbeat, type ChannelAccount, type HostApp, type Logger } from '@helpdesk/core';
import { z } from 'zod';
import { callTelegram, type Bot, type Called } from '../api/call-telegram.js';
import { ALLOWED_UPDATES } from '../api/update.js';
import { takeUpdate, type Taking } from './webhook.js';

const Updates = z.array(z.looseObject({ update_id: z.number().int() }));

const HEARTBEAT_MS = 60_000;
const MINUTE = 60_000;

export interface Polling {
  readonly bot: Bot;
  readonly taking: Taking;
  readonly log: Logger;
  /** How long Telegram may hold a question open, in seconds. */
  readonly holdSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Asks Telegram for what has happened, again and again: works behind any router. An update is in the journal before
 * Telegram hears, by the next question, that it was taken. https://core.telegram.org/bots/api#getupdates
 */
export async function pollUpdates(app: HostApp, account: ChannelAccount, polling: Polling): Promise<void> {
  const { bot, signal, holdSeconds, log } = polling;
  // With a webhook set, questions are refused.
  await callTelegram(bot, 'deleteWebhook', {}, { signal });
  let offset: number | undefined;
  let beatAt = 0;
  while (!signal.aborted) {
    const asked = {
      timeout: holdSeconds,
      allowed_updates: ALLOWED_UPDATES,
      ...(offset === undefined ? {} : { offset }),
    };
    const called = await callTelegram(bot, 'getUpdates', asked, {
      signal,
      timeoutMs: (holdSeconds + 15) * 1000,
    });
    if (signal.aborted) return;
    try {
      if (called.state === 'ok') {
        offset = (await takeAll(app, account, { result: called.result, taking: polling.taking })) ?? offset;
        const now = app.now().getTime();
        if (now - beatAt >= HEARTBEAT_MS || now < beatAt) {
          beatAt = now;
          await noteHeartbeat(app, { accountId: account.id, health: {}, alive: true });
        }
        continue;
      }
      beatAt = 0;
      await noteHeartbeat(app, { accountId: account.id, health: { error: called.reason }, alive: false });
      await pause(delayOf(called), signal);
    } catch (error) {
      log.error({ err: error, accountId: account.id }, 'updates of a bot could not be kept');
      await pause(5000, signal);
    }
  }
}

async function takeAll(
  app: HostApp,
  account: ChannelAccount,
  { result, taking }: { result: unknown; taking: Taking },
): Promise<number | undefined> {
  const updates = Updates.parse(result);
  for (const update of updates)
    await takeUpdate(app, account, { raw: Buffer.from(JSON.stringify(update)), taking });
  const last = updates.at(-1);
  return last && last.update_id + 1;
}

function delayOf(called: Exclude<Called, { state: 'ok' }>): number {
  if (called.state !== 'refused') return 5000;
  if (called.retryAfterMs !== undefined) return called.retryAfterMs;
  // A wrong token does not get right by asking; another process that asks is given time to stop.
  return called.code === 401 || called.code === 404 ? 5 * MINUTE : called.code === 409 ? 30_000 : 10_000;
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);
