import type { Collect, Event, Guard, HookKinds } from '../hooks/catalogue.js';

/** Somebody's guess at who wrote: which contact, how sure, and why. */
export interface ContactCandidate {
  contactId: number;
  strength: 'strong' | 'weak';
  /** What was recognised: `identity`, `phone-in-text`…; a plugin's kind has the text `<plugin>.sign.<kind>`, with `{{detail}}`. */
  kind: string;
  /** For the agent's eyes; no personal data beyond what the message itself shows. */
  detail?: string;
  /**
   * Of a strong sign: the address itself is proven to be this contact's, as a number that a messenger has checked. It
   * is kept among theirs when the message is given to them.
   */
  keepsAddress?: boolean;
}

declare module '../hooks/catalogue.js' {
  interface HookCatalogue {
    'contact.created': Event<{ contactId: number }>;
    'contact.changed': Event<{ contactId: number; fields: readonly string[] }>;
    /** What named `goneId` is `contactId`'s now; a plugin moves its own rows. Both are ids of contacts. */
    'contact.merged': Event<{ contactId: number; goneId: number; mergeId: number }>;
    /** The merge was taken back: what was `goneId`'s before it is so again. */
    'contact.unmerged': Event<{ contactId: number; goneId: number; mergeId: number }>;
    /** They are not the same person, somebody said. */
    'contact.keptApart': Event<{ contactId: number; otherId: number }>;
    'contact.merging': Guard<{ keptId: number; goneId: number }>;
    'identity.added': Event<{ contactId: number; identityId: number; kind: string }>;
    'identity.changed': Event<{ contactId: number; identityId: number; kind: string }>;
    'identity.removed': Event<{ contactId: number; identityId: number; kind: string }>;
    'identity.failed': Event<{ contactId: number; identityId: number; kind: string }>;
    'organization.created': Event<{ organizationId: number }>;
    'organization.changed': Event<{ organizationId: number; fields: readonly string[] }>;
    /** `ticketId` and `contactId`: whose case it was; null when a person said it without one. */
    'organization.marked': Event<{
      organizationId: number;
      markId: number;
      reason: string;
      ticketId: number | null;
      contactId: number | null;
    }>;
    'organization.markCleared': Event<{ organizationId: number; markId: number }>;
    'contactRole.created': Event<{ role: string; directs: boolean }>;
    'contactRole.changed': Event<{ role: string }>;
    'membership.added': Event<{
      contactId: number;
      membershipId: number;
      organizationId: number | null;
      role: string;
    }>;
    'membership.changed': Event<{
      contactId: number;
      membershipId: number;
      organizationId: number | null;
      role: string;
      fields: readonly string[];
    }>;
    'membership.ended': Event<{
      contactId: number;
      membershipId: number;
      organizationId: number | null;
      role: string;
    }>;
    'contact.candidates': Collect<
      { kind: string; value: string; name: string; channel: string; lineId: number; text: string },
      ContactCandidate
    >;
  }
}

export const contactHooks = {
  'contact.created': 'event',
  'contact.changed': 'event',
  'contact.merged': 'event',
  'contact.unmerged': 'event',
  'contact.keptApart': 'event',
  'contact.merging': 'guard',
  'identity.added': 'event',
  'identity.changed': 'event',
  'identity.removed': 'event',
  'identity.failed': 'event',
  'organization.created': 'event',
  'organization.changed': 'event',
  'organization.marked': 'event',
  'organization.markCleared': 'event',
  'contactRole.created': 'event',
  'contactRole.changed': 'event',
  'membership.added': 'event',
  'membership.changed': 'event',
  'membership.ended': 'event',
  'contact.candidates': 'collect',
} as const satisfies HookKinds;
