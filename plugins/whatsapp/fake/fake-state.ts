import type { Failure } from '@helpdesk/core/testing';

export interface FakeSent {
  readonly type: string;
  readonly to: string;
  /** Its words as they were sent, with their marks; of a template its name and values. */
  readonly text: string;
  readonly buttons: readonly { readonly id: string; readonly title: string }[];
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
  readonly template: unknown;
  readonly id: string;
}

export interface FakeFile {
  readonly content: Buffer;
  readonly type: string;
}

export interface FakeState {
  readonly token: string;
  readonly appSecret: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly sent: FakeSent[];
  readonly calls: string[];
  /** Uploaded by the desk or sent by a customer. */
  readonly files: Map<string, FakeFile>;
  /** As Meta lists them. */
  readonly templates: unknown[];
  /** How the next messages are answered; a number is an error code of Meta's. */
  readonly troubles: (Failure | number)[];
  /** Files are not given out while it is true. */
  isFileHostDown: boolean;
  isSubscribed: boolean;
  nextId: number;
}
