import type { DeliveryResult } from '@helpdesk/core';
import { z } from 'zod';
import { callViber, type Bot, type Called } from '../api/call-viber.js';
import type { Part } from './parts-of.js';

const Sent = z.object({ message_token: z.coerce.string() });

export interface Sending {
  /** As the desk knows them. */
  readonly recipient: string;
  /** As Viber does. */
  readonly receiver: string;
  readonly sender: { readonly name: string };
  aboutToSend(): Promise<void>;
}

/** Sends the parts of an answer, one after another. */
export async function sendMessage(
  bot: Bot,
  parts: readonly Part[],
  { recipient, receiver, sender, aboutToSend }: Sending,
): Promise<DeliveryResult> {
  await aboutToSend();
  let externalId: string | undefined;
  for (const [index, part] of parts.entries()) {
    const called = await callViber(bot, 'send_message', { receiver, min_api_version: 1, sender, ...part });
    if (called.state !== 'ok') return troubleOf(called, { recipient, isLater: index > 0 });
    externalId ??= Sent.safeParse(called.result).data?.message_token;
  }
  return { recipient, state: 'sent', ...(externalId ? { externalId } : {}) };
}

// https://creators.viber.com/docs/bots-api/errors
const GONE = [5, 6];
export const TOKEN_CODE = 2;
/** The token is another one, the address is not set yet, or too much at a time: all pass. */
const PASSING = [TOKEN_CODE, 10, 12];

/** @param isLater a part has gone out already: trying again would send it twice */
function troubleOf(
  called: Exclude<Called, { state: 'ok' }>,
  { recipient, isLater }: { recipient: string; isLater: boolean },
): DeliveryResult {
  const { reason } = called;
  if (isLater) return { recipient, state: 'failed', reason: `only a part of it was sent: ${reason}` };
  if (called.state === 'silent') return { recipient, state: 'uncertain', reason };
  if (called.state === 'unreachable') return { recipient, state: 'retry', reason };
  const { code } = called;
  if (PASSING.includes(code)) return { recipient, state: 'retry', reason, code };
  return { recipient, state: 'failed', reason, code, ...(GONE.includes(code) ? { isGone: true } : {}) };
}
