/** What a link in a mail is for: to come in, or to add its address to a profile. */
export type LinkPurpose = 'sign-in' | 'confirm';

export interface ContactLinkRecord {
  readonly purpose: LinkPurpose;
  readonly contactId: number | null;
  readonly kind: string;
  readonly address: string;
  readonly next: string | null;
}

/** How long a link works, in ms. */
export const LINK_MS = 60 * 60_000;
