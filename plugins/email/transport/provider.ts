import type { Security } from './smtp-options.js';

export interface ServerAddress {
  host: string;
  port: number;
  secure: Security;
}

/**
 * What the owner has to know before signing in, as keys of texts. `app-password`: the usual password is refused,
 * one has to be made for this program. `oauth-only`: no password is accepted at all. `enable-imap`: IMAP is off
 * until switched on. `bridge`: a program of the provider must run beside this one.
 */
export type ProviderHint = 'app-password' | 'enable-imap' | 'oauth-only' | 'bridge';

export interface Provider {
  id: string;
  name: string;
  imap: ServerAddress;
  smtp: ServerAddress;
  hint: ProviderHint | null;
  /** The provider's own page about it; pages link it under a text key of their own. */
  helpUrl: string | null;
}

export interface KnownProvider extends Provider {
  /** Domains of its own mailboxes. */
  domains: string[];
  /** Ends of MX host names by which domains of customers are known. */
  mx: string[];
}
