import type { HostApp, InboundContext } from '@helpdesk/core';

const PURPOSE = 'whatsapp-verify';
const WHAT = 'callback';

/** An app at Meta has one address for all of its numbers; which one a message is for stands in the call. */
export const callbackUrl = ({ config }: Pick<HostApp, 'config'>): string =>
  `${config.url.replace(/\/$/, '')}/inbound/whatsapp`;

/** What is pasted beside the address, so that Meta knows whose it is. */
export const verifyToken = ({ keys }: Pick<HostApp, 'keys'>): string => keys.sign(PURPOSE, WHAT);

/** https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests */
export const asksToVerify = ({ app, query }: InboundContext): boolean =>
  query['hub.mode'] === 'subscribe' && app.keys.verify(PURPOSE, WHAT, query['hub.verify_token'] ?? '');

/** Answers what was asked, and only what Meta would ask: a number. */
export function verifyAddress(ctx: InboundContext): void {
  const challenge = ctx.query['hub.challenge'] ?? '';
  const isPlain = /^[\w-]{1,100}$/.test(challenge);
  ctx.send(isPlain ? challenge : '', { type: 'text/plain', status: isPlain ? 200 : 403 });
}
