import { noteReceipt, type HostApp, type NoteReceipt } from '@helpdesk/core';
import type { Status } from '../api/payload.js';
import { isGoneCode } from '../channel/trouble-of.js';

type Receipt = NoteReceipt['receipt'];

/** What a status says of a message; undefined when it says nothing that we did not know. */
function receiptOf({ status, timestamp, errors }: Status): Receipt | undefined {
  const at = new Date(timestamp * 1000).toISOString();
  if (status === 'delivered') return { kind: 'delivered', at };
  // A voice message that was listened to.
  if (status === 'read' || status === 'played') return { kind: 'seen', at };
  if (status !== 'failed') return undefined;
  const [error] = errors;
  if (!error) return { kind: 'failed', reason: 'WhatsApp could not deliver it' };
  const { code, title, error_data: more } = error;
  return {
    kind: 'failed',
    reason: more?.details || title,
    code,
    ...(isGoneCode(code) ? { isGone: true } : {}),
  };
}

/** @returns whether there is nothing left to note: false when it is of a message that we do not know yet */
export async function noteStatus(app: HostApp, accountId: number, status: Status): Promise<boolean> {
  const receipt = receiptOf(status);
  return receipt === undefined || noteReceipt(app, { accountId, externalId: status.id, receipt });
}
