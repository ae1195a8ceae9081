import { normaliseIdentity, type InboundContext } from '@helpdesk/core';
import { z } from 'zod';
import { admitVisitor, findByPass } from '../visitors/visitor.js';
import { answer, isVisitor, readBody, siteOf, Token } from './entry.js';
import type { Limits } from './limits.js';

const About = z.object({ token: Token, email: z.string().max(320) });

/** Keeps the address that a visitor leaves for the answer. */
export function keepAbout({ limits }: { limits: Limits }) {
  return async (ctx: InboundContext): Promise<void> => {
    const { app, params } = ctx;
    const { visitor } = params;
    const site = await siteOf(ctx);
    if (!site || !isVisitor(visitor)) return answer(ctx, { error: 'unknown' }, 404);
    const about = readBody(ctx, About);
    if (!about) return;
    const seconds = limits.message(ctx, visitor);
    if (seconds > 0) return answer(ctx, { error: 'busy', seconds }, 429);
    const email = normaliseIdentity('email', about.email);
    if (email === undefined) return answer(ctx, { error: 'invalid', fields: ['email'] }, 422);
    const pass = { accountId: site.account.id, visitor, token: about.token };
    const known = await findByPass(app.db, pass);
    if (!known) return answer(ctx, { error: 'unknown' }, 404);
    await admitVisitor(app, pass, { email });
    answer(ctx, { email });
  };
}
