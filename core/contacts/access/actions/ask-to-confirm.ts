import { refused, type Outcome } from '../../../agents/outcome.js';
import type { App } from '../../../database/app.js';
import { change } from '../../../database/change.js';
import { normaliseIdentity } from '../../normalise-identity.js';
import { insertLink } from '../insert-link.js';
import { accessLimits } from '../limits/access-limits.js';
import type { Visitor } from '../models/visitor.js';
import { refusesLinks } from '../refuses-links.js';

export interface AskToConfirm {
  readonly visitor: Visitor;
  readonly address: string;
  readonly ip: string;
}

/**
 * Makes the token of a link that adds another address to a customer's own profile. `link` is null where no mail goes
 * out: our own mailboxes, machines, too many; the visitor is told the same.
 */
export async function askToConfirm(
  app: App,
  { visitor, address: typed, ip }: AskToConfirm,
): Promise<Outcome<{ link: { token: string; address: string } | null }>> {
  const address = normaliseIdentity('email', typed);
  if (address === undefined) return refused('core.form.email', 'address');
  const isRefused = await refusesLinks(app.db, address);
  if (accessLimits(app).takeLink(address, ip, app.now()) > 0 || isRefused) return { ok: true, link: null };
  const link = { purpose: 'confirm', contactId: visitor.contactId, kind: 'email', address } as const;
  const token = await change(app, (step) => insertLink(step, { ...link, next: null }));
  return { ok: true, link: { token, address } };
}
