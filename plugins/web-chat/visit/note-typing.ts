import { typing, type InboundContext } from '@helpdesk/core';
import { z } from 'zod';
import { ticketOfVisitor } from '../visitors/ticket-of-visitor.js';
import { findByPass } from '../visitors/visitor.js';
import { answer, isVisitor, readBody, siteOf, Token } from './entry.js';
import type { Limits } from './limits.js';

const Asked = z.object({ token: Token });

/** A visitor is typing: the team sees it beside the ticket; nothing is written down. */
export function noteTyping({ limits }: { limits: Limits }) {
  return async (ctx: InboundContext): Promise<void> => {
    const { app, params, now } = ctx;
    const { visitor } = params;
    const site = await siteOf(ctx);
    if (!site || !isVisitor(visitor)) return answer(ctx, { error: 'unknown' }, 404);
    const asked = readBody(ctx, Asked);
    if (!asked) return;
    const seconds = limits.ask(ctx);
    if (seconds > 0) return answer(ctx, { error: 'busy', seconds }, 429);
    const known = await findByPass(app.db, { accountId: site.account.id, visitor, token: asked.token });
    if (!known) return answer(ctx, { error: 'unknown' }, 404);
    const ticketId = await ticketOfVisitor(app.db, known);
    if (ticketId !== undefined) typing(app).note(ticketId, 'contact', now);
    answer(ctx, {});
  };
}
