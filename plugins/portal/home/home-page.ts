import { listVisitorTickets, type PortalContext, type VisitorContext } from '@helpdesk/core';
import { readChoices } from '../new-request/choices.js';
import { presentForm } from '../new-request/new-page.js';
import type { Portal } from '../portal.js';
import { presentRows } from '../requests/present-rows.js';

const SHOWN = 5;

/** The start page: search, one's requests and a new one; to strangers the ways in. */
export async function homePage(ctx: PortalContext, portal: Portal): Promise<void> {
  const { contactId } = ctx;
  const searchUrl = portal.articles()?.searchUrl;
  const own = isSignedIn(ctx) ? await readOwn(ctx, portal) : undefined;
  await ctx.render(
    'portal/home',
    {
      contactId,
      searchUrl,
      own,
      writeUrl: portal.settings().strangersWrite ? '/write' : undefined,
    },
    { page: own ? { scripts: ['portal/portal.js'] } : {} },
  );
}

const isSignedIn = (ctx: PortalContext): ctx is VisitorContext => ctx.visitor !== null;

async function readOwn(ctx: VisitorContext, portal: Portal): Promise<Record<string, unknown>> {
  const { db, visitor } = ctx;
  const [{ tickets, hasMore }, choices] = await Promise.all([
    listVisitorTickets(db, { visitor, scope: 'mine', limit: SHOWN }),
    readChoices(ctx, portal),
  ]);
  return {
    rows: await presentRows(ctx, tickets),
    allUrl: hasMore || visitor.organizationIds.length > 0 ? '/requests' : undefined,
    // Whoever came by a link is called by their address until they say their name.
    asksName: visitor.viewedBy === null && visitor.name.includes('@'),
    form: presentForm(ctx, portal, { form: {}, choices }),
  };
}
