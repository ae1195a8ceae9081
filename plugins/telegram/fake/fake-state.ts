export interface FakeSent {
  readonly method: string;
  readonly chatId: string;
  /** Its words as they are shown: without marks. */
  readonly text: string;
  readonly buttons: readonly string[];
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
  readonly id: number;
}

export interface FakeUpdate {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

export type FakeTrouble = 'busy' | 'refused' | 'gone' | 'silent';

export interface FakeState {
  readonly token: string;
  readonly sent: FakeSent[];
  readonly calls: { readonly method: string; readonly fields: Readonly<Record<string, unknown>> }[];
  webhook: { url: string; secret: string; allowed: readonly string[]; maxConnections: number } | null;
  updates: FakeUpdate[];
  readonly files: Map<string, Buffer>;
  /** How the next messages are answered. */
  readonly troubles: FakeTrouble[];
  nextMessage: number;
  readonly waiters: Set<() => void>;
}
