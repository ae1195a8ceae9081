import {
  change,
  cleanText,
  keepRaw,
  normaliseIdentity,
  typing,
  type InboundContext,
  type Links,
} from '@helpdesk/core';
import { z } from 'zod';
import type { Said } from '../channel/read-message.js';
import { TEXT_MOST } from '../channel/web-chat-channel.js';
import { FILES_BYTES, FILES_MOST, type KeptFile } from '../files/kept-file.js';
import { openFile } from '../files/sealed-file.js';
import type { Site } from '../site/site.js';
import { addLine, findOwnLine } from '../visitors/lines.js';
import { ticketOfVisitor } from '../visitors/ticket-of-visitor.js';
import { admitVisitor, findVisitor, type VisitorRecord } from '../visitors/visitor.js';
import { answer, isVisitor, readBody, siteOf, Token } from './entry.js';
import type { Limits } from './limits.js';
import { proveUser } from './prove-user.js';
import type { Waiters } from './waiters.js';

const words = (most: number) =>
  z
    .string()
    .max(most * 2)
    .transform((text) => cleanText(text.slice(0, most)).trim());

const Sent = z
  .object({
    token: Token,
    /** The page's own id of the message: sent again, it is the same message. */
    id: z.string().regex(/^[\w-]{8,64}$/),
    text: z
      .string()
      .max(TEXT_MOST + 10)
      .transform((text) => cleanText(text).trim())
      .pipe(z.string().max(TEXT_MOST)),
    /** What the page got for files that it sent before. */
    files: z.array(z.string().max(4000)).max(FILES_MOST).default([]),
    name: words(100).optional(),
    email: z.string().max(320).optional(),
    language: z.enum(['ru', 'en']).optional(),
    page: words(500).optional(),
    user: z.string().max(320).optional(),
    sign: z.string().max(128).optional(),
  })
  .refine(({ text, files }) => text !== '' || files.length > 0, { path: ['text'] });
type Sent = z.infer<typeof Sent>;

/** Takes a message of a visitor: it is in the journal, and in their own history, before the page hears that it was taken. */
export function takeMessages({ limits, links, waiters }: { limits: Limits; links: Links; waiters: Waiters }) {
  return async (ctx: InboundContext): Promise<void> => {
    const { app, params } = ctx;
    const { visitor } = params;
    const site = await siteOf(ctx);
    if (!site || !isVisitor(visitor)) return answer(ctx, { error: 'unknown' }, 404);
    const sent = readBody(ctx, Sent);
    if (!sent) return;
    const isNew = (await findVisitor(app.db, visitor)) === undefined;
    const seconds = limits.message(ctx, visitor) || (isNew ? limits.newVisitor(ctx) : 0);
    if (seconds > 0) return answer(ctx, { error: 'busy', seconds }, 429);
    const known = await admit(ctx, site, { visitor, sent });
    if (known === 'email') return answer(ctx, { error: 'invalid', fields: ['email'] }, 422);
    if (!known) return answer(ctx, { error: 'unknown' }, 404);
    const files = filesOf(links, known, sent);
    if (!files) return answer(ctx, { error: 'invalid', fields: ['files'] }, 422);
    const number = await keep(ctx, site, { known, sent, files });
    waiters.wake(visitor);
    const ticketId = await ticketOfVisitor(app.db, known);
    if (ticketId !== undefined) typing(app).end(ticketId, 'contact');
    answer(ctx, { number });
  };
}

async function admit(
  { app }: InboundContext,
  { account: { id: accountId } }: Site,
  { visitor, sent }: { visitor: string; sent: Sent },
): Promise<VisitorRecord | 'email' | undefined> {
  const { token, user, sign, language, page, name } = sent;
  const email = sent.email?.trim() ? normaliseIdentity('email', sent.email) : undefined;
  if (sent.email?.trim() && email === undefined) return 'email';
  const provenEmail = await proveUser(app, { accountId, user, sign });
  const about = {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(provenEmail ? { provenEmail } : {}),
    ...(language ? { language } : {}),
    ...(page ? { page: pageOf(page) } : {}),
  };
  return admitVisitor(app, { accountId, visitor, token }, about);
}

async function keep(
  { app }: InboundContext,
  { account }: Site,
  { known, sent: { id, text }, files }: { known: VisitorRecord; sent: Sent; files: KeptFile[] },
): Promise<number> {
  const { visitor, name, provenEmail, language, page } = known;
  const email = provenEmail ?? known.email;
  const said: Said = { visitor, id, text, name, email, language, page, files, at: app.now().toISOString() };
  const raw = Buffer.from(JSON.stringify(said));
  // The line is written after the journal: where it is, nothing is left to do.
  const line = await findOwnLine(app.db, { visitorId: known.id, clientId: id });
  if (line !== undefined) return line;
  await keepRaw(app, { account, externalId: `${visitor}:${id}`, raw });
  return change(app, (step) => addLine(step, { visitorId: known.id, kind: 'in', clientId: id, text, files }));
}

/** @returns undefined when one of them is over or not this visitor's, or together they are too large */
function filesOf(links: Links, known: VisitorRecord, { files }: Sent): KeptFile[] | undefined {
  const opened = files.flatMap((seal) => openFile(links, seal, known) ?? []);
  const size = opened.reduce((sum, file) => sum + file.size, 0);
  return opened.length === files.length && size <= FILES_BYTES ? opened : undefined;
}

/** Where on the site; what a page carries behind the question mark is nobody's business here. */
function pageOf(address: string): string {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return '';
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`.slice(0, 500);
}
