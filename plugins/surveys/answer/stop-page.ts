import type { InboundContext, Links, PortalContext } from '@helpdesk/core';
import { languageIn, pageIn, showClosed } from './answer-page.js';
import { isFormSeal, sealForm } from './form-seal.js';
import { openStop } from './open-link.js';
import { sayIn } from './present-page.js';
import { unsubscribe } from './unsubscribe.js';

/** One button. The link alone changes nothing: programs that look into mails open it too. */
export async function stopPage(ctx: PortalContext, links: Links): Promise<void> {
  const invitation = await openStop(ctx, links);
  if (typeof invitation === 'string') return showClosed(ctx, invitation);
  const language = languageIn(ctx, invitation);
  const say = sayIn(ctx.app, language);
  const isDone = ctx.query['done'] === '1';
  await ctx.render(
    'surveys/stop',
    {
      language,
      title: say(isDone ? 'surveys.stop.done' : 'surveys.stop.title'),
      text: say(isDone ? 'surveys.stop.done.text' : 'surveys.stop.text', { company: ctx.app.company.name }),
      action: isDone ? undefined : `${ctx.path}?lang=${language}`,
      seal: sealForm(links, invitation.id),
      button: say('surveys.stop.button'),
    },
    { page: pageIn(ctx) },
  );
}

export async function takeStop(ctx: PortalContext, links: Links): Promise<void> {
  const invitation = await openStop(ctx, links);
  if (typeof invitation === 'string') return showClosed(ctx, invitation);
  const { id, contactId } = invitation;
  if (!isFormSeal(links, (await ctx.typed())['seal'], id)) return stopPage(ctx, links);
  await unsubscribe(ctx.app, { contactId, actor: { kind: 'contact', id: contactId, door: 'survey' } });
  ctx.redirect(`${ctx.path}?done=1&lang=${languageIn(ctx, invitation)}`);
}

const MARK = /List-Unsubscribe=One-Click|name="?List-Unsubscribe"?\r?\n\r?\nOne-Click/;

/** Whether a mail program posts what RFC 8058 says, under an address that we have sent out. */
export const isOneClick = async (ctx: InboundContext, links: Links): Promise<boolean> =>
  MARK.test(ctx.raw.toString('latin1')) && typeof (await openStop(ctx, links)) === 'object';

/** The button of a mail program: it brings no cookies, and shows nothing of the answer. */
export async function takeOneClick(ctx: InboundContext, links: Links): Promise<void> {
  const invitation = await openStop(ctx, links);
  if (typeof invitation === 'object') {
    const { contactId } = invitation;
    await unsubscribe(ctx.app, { contactId, actor: { kind: 'contact', id: contactId, door: 'one-click' } });
  }
  ctx.noContent();
}
