import type { ChannelAccount } from '../../channels/channel.js';
import type { TestDesk } from '../test-desk.js';

/** Somebody who writes, as the provider names them. */
export interface Writer {
  /** A number that the provider could give; two writers never share one. */
  readonly id: number;
  readonly name: string;
}

export interface WrittenFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** What a customer does, told to the driver in the kit's words. */
export interface Written {
  /** The kit's own number of it; rises with the time it was written. */
  readonly n: number;
  readonly from: Writer;
  readonly text: string;
  readonly files?: readonly WrittenFile[];
  /** It changes, or takes back, the message with this number. */
  readonly changes?: { readonly n: number; readonly kind: 'edited' | 'deleted' };
  /** The text is a reaction to a message that was sent, by the provider's id; empty: it is taken back. */
  readonly reactsTo?: string;
}

/** One call of the provider. May be made again and again, with the same bytes. */
export interface Call {
  /** @returns the HTTP status; a channel without calls answers 200 when the message is in the journal */
  make(): Promise<number>;
}

export interface SentMessage {
  /** The address as the desk knows it: what the writer's identity holds. */
  readonly to: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
  /** The provider's id of it. */
  readonly id: string;
}

/**
 * How the provider answers what is sent next, once. `busy`: come again, in `BUSY_MS` where it can say so; `refused`: no,
 * for good; `gone`: this person cannot be reached any more; `silent`: it takes the message and no answer arrives.
 */
export type Failure = 'busy' | 'refused' | 'gone' | 'silent';
export const BUSY_MS = 7000;

/** What a channel's author writes for the kit: the provider's side of it, with one account connected. */
export interface ChannelDriver {
  readonly desk: TestDesk;
  readonly account: ChannelAccount;
  /** Made once, called as often as the kit likes. */
  call(written: Written): Call;
  /** The same, but not provably from the provider: no signature, a wrong one, another account's. Empty: no such door. */
  forge(written: Written): readonly { readonly how: string; readonly call: Call }[];
  /** What cannot be understood, provably from the provider; undefined where the provider cannot do that. */
  garbage?(): Call;
  /** A call of so many bytes. */
  huge?(bytes: number): Call;
  receipt?(messageId: string, kind: 'delivered' | 'seen'): Call;
  /** Everything that reached the provider, oldest first, also what it gave no answer to. */
  sent(): readonly SentMessage[];
  failNext(how: Failure): void;
  /** Called between tests, so that nothing waits for the next one. */
  close(): Promise<void>;
}

/** What the channel can do; what it cannot is not tried. */
export interface Abilities {
  readonly files?: boolean;
  readonly edits?: boolean;
  readonly deletions?: boolean;
  readonly reactions?: boolean;
  /** Its provider numbers messages, so that those that overtake each other are put in order. */
  readonly order?: boolean;
  readonly receipts?: boolean;
  /** Which failures its provider has; all but `gone` unless said otherwise. */
  readonly failures?: readonly Failure[];
}

/** One sentence of what a channel must do. */
export interface ChannelTest {
  readonly title: string;
  readonly needs?: keyof Abilities;
  run(driver: ChannelDriver): Promise<void>;
}
