import type { Failure } from '@helpdesk/core/testing';

export interface FakeSent {
  readonly type: string;
  readonly to: string;
  readonly text: string;
  readonly sender: string;
  readonly buttons: readonly { readonly says: string; readonly text: string }[];
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
  readonly id: string;
}

export interface FakeState {
  readonly token: string;
  readonly sent: FakeSent[];
  /** Where files and callbacks of the desk are reached; the desk believes to be elsewhere. */
  reach: (url: string) => string;
  webhook: { url: string; events: readonly string[] } | null;
  /** Sent by customers. */
  readonly files: Map<string, Buffer>;
  /** How the next messages are answered; a number is a status of Viber's. */
  readonly troubles: (Failure | number)[];
  isFileHostDown: boolean;
  /** Not on a machine of one's own, where nothing has a certificate. */
  wantsHttps: boolean;
  nextId: bigint;
}

/** JSON as Viber writes it: numbers of messages are numbers, of 19 digits. */
export const exactJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"message_token":"(\d+)"/g, '"message_token":$1');
