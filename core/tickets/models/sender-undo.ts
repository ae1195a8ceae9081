/** What a decision on the sender changed: ids alone, as the event keeps it. */
export interface SenderUndo {
  /** Evidence that was answered. */
  readonly evidence: readonly number[];
  /** Who was told apart from the sender, each first said now. */
  readonly differences: readonly number[];
  /** Messages that got another sender. */
  readonly messages: readonly number[];
  /** The ticket went with them; the hat it had before. */
  readonly ticket: { readonly membershipId: number | null } | null;
  /** An address went too: from the sender, or it was nobody's. */
  readonly identity: { readonly id: number; readonly wasNobodys: boolean } | null;
}
