import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { onceOnly } from '../../database/once-only.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { holdTicket } from '../hold-ticket.js';
import { insertMessage } from '../insert-message.js';
import { saveTicket } from '../save-ticket.js';
import { takeUploads } from './take-uploads.js';

export interface NoteOnTicket {
  ticketId: number;
  /** Who writes; null: a plugin does. */
  agentId: number | null;
  /** Markdown. */
  text: string;
  /** Agents named with @. */
  mentioned?: readonly number[];
  uploads?: readonly string[];
  idempotencyKey?: string;
  actor: Actor;
  at?: string;
}

/** Write something that only the team will see. Never has a recipient. */
export async function noteOnTicket(app: App, input: NoteOnTicket): Promise<number> {
  const { ticketId, agentId, text, mentioned = [], actor } = input;
  if (text.trim() === '') throw errors.MESSAGE_EMPTY();
  return change(app, (step) =>
    onceOnly(step, input.idempotencyKey, async () => {
      const ticket = await holdTicket(step, ticketId);
      const createdAt = input.at ?? step.at;
      const note = { ticketId, kind: 'note' as const, agentId, channel: 'note', text, createdAt };
      const messageId = await insertMessage(app, step, note);
      if (input.uploads && agentId !== null)
        await takeUploads(step, { messageId, agentId, keys: input.uploads });
      if (mentioned.length > 0)
        await step
          .trx('mentions')
          .insert(mentioned.map((id) => ({ agentId: id, messageId, ticketId, at: createdAt })));
      if (agentId !== null) await step.trx('drafts').where({ agentId, ticketId, mode: 'note' }).delete();
      await saveTicket(step, ticket, { messageCount: ticket.messageCount + 1 }, { quiet: true });
      step.announce('message.noted', { ticketId, messageId, agentId, mentioned, actor });
      return messageId;
    }),
  );
}
