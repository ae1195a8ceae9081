import { change, typing, type HostApp, type InboundContext } from '@helpdesk/core';
import { z } from 'zod';
import type { FileLinks } from '../files/give-file.js';
import { listLines, type Line } from '../visitors/lines.js';
import { noteRead } from '../visitors/note-read.js';
import { ticketOfVisitor } from '../visitors/ticket-of-visitor.js';
import { findByPass, type VisitorRecord } from '../visitors/visitor.js';
import { answer, isVisitor, readBody, siteOf, Token } from './entry.js';
import type { Limits } from './limits.js';
import type { Waiters } from './waiters.js';

const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Asked = z.object({
  token: Token,
  /** The last line that the page has: it is said to have arrived by that. */
  after: whole,
  /** The last line that was on the screen. */
  seen: whole.default(0),
  /** Whether the page shows that the team is typing. */
  isTyping: z.boolean().default(false),
  /** Hold the answer until there is news. */
  wait: z.boolean().default(false),
});

const HOLD_MS = 25_000;
/** Another process of the desk may have written the answer: nobody wakes us then. */
const LOOK_MS = 5000;
const TOUCH_MS = 30_000;

/** What is new for a visitor, at once or as soon as there is something. */
export function tellNews({ limits, waiters, files }: { limits: Limits; waiters: Waiters; files: FileLinks }) {
  return async (ctx: InboundContext): Promise<void> => {
    const { app, params } = ctx;
    const { visitor } = params;
    const site = await siteOf(ctx);
    if (!site || !isVisitor(visitor)) return answer(ctx, { error: 'unknown' }, 404);
    const asked = readBody(ctx, Asked);
    if (!asked) return;
    const seconds = limits.ask(ctx);
    if (seconds > 0) return answer(ctx, { error: 'busy', seconds }, 429);
    const known = await findByPass(app.db, { accountId: site.account.id, visitor, token: asked.token });
    if (!known) return answer(ctx, { error: 'unknown' }, 404);
    const { lastLine } = known;
    // A number from elsewhere must not mark what is yet to come.
    await noteRead(app, known, {
      fetched: Math.min(asked.after, lastLine),
      seen: Math.min(asked.seen, lastLine),
    });
    await touch(app, known);
    const news = await newsAfter(app, { waiters, files }, { known, asked });
    const email = known.provenEmail ?? known.email;
    answer(ctx, { ...news, email, now: app.now().toISOString() });
  };
}

async function newsAfter(
  app: HostApp,
  { waiters, files }: { waiters: Waiters; files: FileLinks },
  { known, asked }: { known: VisitorRecord; asked: z.infer<typeof Asked> },
): Promise<{ lines: Line[]; isTyping: boolean }> {
  const ticketId = await ticketOfVisitor(app.db, known);
  const isAgentTyping = () => ticketId !== undefined && typing(app).isTyping(ticketId, 'agent', app.now());
  const end = performance.now() + HOLD_MS;
  const look = () => listLines(app.db, { visitorId: known.id, after: asked.after, links: files });
  for (;;) {
    // Waits before it looks, so that what comes in between is not missed.
    const left = end - performance.now();
    const news = asked.wait && left > 0 ? waiters.wait(known.visitor, Math.min(LOOK_MS, left)) : undefined;
    const lines = await look();
    const isTyping = isAgentTyping();
    const isNews = lines.length > 0 || isTyping !== asked.isTyping;
    if (isNews || news === undefined || waiters.isClosed()) return { lines, isTyping };
    await news;
  }
}

async function touch(app: HostApp, { id, seenAt }: VisitorRecord): Promise<void> {
  if (app.now().getTime() - Date.parse(seenAt) < TOUCH_MS) return;
  await change(
    app,
    async ({ trx, at }) => void (await trx('web_chat_visitors').where({ id }).update({ seenAt: at })),
  );
}
