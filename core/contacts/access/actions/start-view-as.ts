import type { App } from '../../../database/app.js';
import { change } from '../../../database/change.js';
import { holdContact } from '../../hold-contact.js';
import { insertContactSession, type StartedVisit } from '../insert-contact-session.js';
import { VIEW_AS_MS } from '../models/contact-session.js';

export interface StartViewAs {
  readonly contactId: number;
  /** Who may look is for the caller to say. */
  readonly agent: { readonly id: number };
  readonly ip: string;
  readonly device: string;
  readonly door?: string;
}

/** Lets an agent see for half an hour what a customer sees; nothing can be changed in it. @throws CONTACT_UNKNOWN */
export function startViewAs(
  app: App,
  { contactId: id, agent, ip, device, door = 'desk' }: StartViewAs,
): Promise<StartedVisit> {
  return change(app, async (step) => {
    const contactId = await holdContact(step, id);
    const session = { contactId, identityId: null, viewedBy: agent.id, lifeMs: VIEW_AS_MS };
    const started = await insertContactSession(step, { ...session, ip, device });
    const actor = { kind: 'agent', id: agent.id, door } as const;
    step.announce('contact.viewedAs', { contactId, agentId: agent.id, actor });
    return started;
  });
}
