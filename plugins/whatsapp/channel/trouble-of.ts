import type { DeliveryResult } from '@helpdesk/core';
import type { Called } from '../api/call-graph.js';

// https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes

/** Too much at a time, of the app, of the number, to this person; or trouble at Meta's. All pass. */
const PASSING = [1, 2, 4, 17, 613, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004, 133006];
/** The token is not valid any more; somebody will paste a new one. */
export const TOKEN_CODES: readonly number[] = [0, 190];
/** The number is not on WhatsApp, or cannot get what we send. */
const GONE = [131026];

export const isGoneCode = (code: number): boolean => GONE.includes(code);

/** What a call that did not succeed means for what was to be sent. @param isLater a part of it has gone out already */
export function troubleOf(
  called: Exclude<Called, { state: 'ok' }>,
  { recipient, isLater }: { recipient: string; isLater: boolean },
): DeliveryResult {
  const { reason } = called;
  // Trying again would send the first part twice.
  if (isLater) return { recipient, state: 'failed', reason: `only a part of it was sent: ${reason}` };
  if (called.state === 'silent') return { recipient, state: 'uncertain', reason };
  if (called.state === 'unreachable') return { recipient, state: 'retry', reason };
  const { code, isPassing } = called;
  if (isPassing || PASSING.includes(code) || TOKEN_CODES.includes(code))
    return { recipient, state: 'retry', reason, code };
  return { recipient, state: 'failed', reason, code, ...(isGoneCode(code) ? { isGone: true } : {}) };
}
