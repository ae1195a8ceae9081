import {
  listAccountHealth,
  noteHeartbeat,
  type ChannelAccount,
  type HostApp,
  type InboundContext,
} from '@helpdesk/core';
import { z } from 'zod';
import type { Config } from '../site/site.js';
import { answer, readBody, siteOf } from './entry.js';
import type { Limits } from './limits.js';
import { widgetTexts } from './widget-texts.js';

const Asked = z.object({ language: z.enum(['ru', 'en']).optional() });
/** Somebody whose page of the desk asked for something so short ago is there. */
const THERE_MS = 10 * 60_000;

/** What the window says and how it looks; asked once a page. */
export function sayHello({ limits }: { limits: Limits }) {
  return async (ctx: InboundContext): Promise<void> => {
    const { app } = ctx;
    const site = await siteOf(ctx);
    if (!site) return answer(ctx, { error: 'unknown' }, 404);
    const asked = readBody(ctx, Asked);
    if (!asked) return;
    const seconds = limits.ask(ctx);
    if (seconds > 0) return answer(ctx, { error: 'busy', seconds }, 429);
    const language = asked.language ?? app.company.language;
    const t = (key: string) => app.t(language, `web-chat.widget.${key}`);
    const { config, account } = site;
    await noteAsked(app, account);
    answer(ctx, {
      language,
      title: account.name,
      isOpen: await isOpen(app, config),
      greeting: config.greeting.trim() || t('greeting'),
      away: config.away.trim() || t('away'),
      hours: config.hours.trim(),
      asksEmail: config.askEmail === 'first',
      mailMinutes: config.mailMinutes,
      colour: config.colour,
      texts: widgetTexts(t),
    });
  };
}

const BEAT_MS = 5 * 60_000;

/** A page that has the window on it is all the proof that there is that it works. */
async function noteAsked(app: HostApp, { id: accountId }: ChannelAccount): Promise<void> {
  const known = (await listAccountHealth(app.db)).find((one) => one.accountId === accountId);
  const beatAt = Date.parse(known?.heartbeatAt ?? '') || 0;
  if (app.now().getTime() - beatAt < BEAT_MS) return;
  await noteHeartbeat(app, { accountId, health: {}, alive: true });
}

async function isOpen({ db, now }: HostApp, { open }: Config): Promise<boolean> {
  if (open === 'always') return true;
  const since = new Date(now().getTime() - THERE_MS).toISOString();
  const there: unknown = await db('agents').where('lastSeenAt', '>', since).first('id');
  return there !== undefined;
}
