import { changeContact, sitePath, type PortalContext } from '@helpdesk/core';
import { z } from 'zod';

const Chosen = z.object({ language: z.enum(['ru', 'en']), back: z.string().max(2000).default('/') });
const YEAR_MS = 365 * 24 * 3_600_000;

/** Shows the page in the other language from now on; whoever is signed in is written to in it as well. */
export async function switchLanguage(ctx: PortalContext): Promise<void> {
  const { language, back } = await ctx.form(Chosen);
  const { contactId, actor } = ctx;
  if (contactId !== null) await changeContact(ctx.app, { contactId, fields: { language }, actor });
  ctx.setCookie('hd-visit-language', language);
  ctx.setCookie('hd-language', language, { maxAgeMs: YEAR_MS });
  ctx.redirect(sitePath(back, '/'));
}
