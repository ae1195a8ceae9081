/** Somebody named in a message: how they are called and where they are reached. */
export interface Participant {
  readonly name: string;
  /** The kind of identity: `email`, `phone`, or a channel's own. */
  readonly kind: string;
  readonly value: string;
}
