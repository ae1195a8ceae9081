import type { Event, HookKinds } from '../../hooks/catalogue.js';

declare module '../../hooks/catalogue.js' {
  interface HookCatalogue {
    /** Its owner proved an address or number to be theirs, for the first time. */
    'identity.verified': Event<{ contactId: number; identityId: number; kind: string }>;
    'contact.signedIn': Event<{ contactId: number; identityId: number; by: 'link' | 'password' }>;
    'contact.signedOut': Event<{ contactId: number }>;
    'contact.signInFailed': Event<{ contactId: number | null }>;
    'contact.passwordSet': Event<{ contactId: number }>;
    /** An agent looks at the portal as this customer sees it. */
    'contact.viewedAs': Event<{ contactId: number; agentId: number }>;
    /** Somebody proved an address that stands on another card: both may be one person, an agent decides. */
    'contact.addressClaimed': Event<{ contactId: number; otherId: number; identityId: number }>;
  }
}

export const accessHooks = {
  'identity.verified': 'event',
  'contact.signedIn': 'event',
  'contact.signedOut': 'event',
  'contact.signInFailed': 'event',
  'contact.passwordSet': 'event',
  'contact.viewedAs': 'event',
  'contact.addressClaimed': 'event',
} as const satisfies HookKinds;
