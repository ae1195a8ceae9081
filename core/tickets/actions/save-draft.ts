import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Participants } from '../models/message.js';

export interface SaveDraft {
  agentId: number;
  ticketId: number;
  mode: 'reply' | 'note';
  text: string;
  /** Whom it is for; left out: as it was kept before. */
  participants?: Participants;
  /** Keys of the files to go with it; left out: as they were kept before. */
  uploads?: readonly string[];
}

/** Keep what an agent is writing: per ticket, agent and mode. Without text and files it is removed. @returns when it was kept */
export async function saveDraft(
  app: App,
  { agentId, ticketId, mode, text, participants, uploads }: SaveDraft,
): Promise<string> {
  return change(app, async ({ trx, at }) => {
    if (text.trim() === '' && !uploads?.length) {
      await trx('drafts').where({ agentId, ticketId, mode }).delete();
      return at;
    }
    const kept = {
      text: text.slice(0, 200_000),
      ...(participants ? { participants: JSON.stringify(participants) } : {}),
      ...(uploads ? { uploads: JSON.stringify(uploads) } : {}),
      updatedAt: at,
    };
    await trx('drafts')
      .insert({ agentId, ticketId, mode, ...kept })
      .onConflict(['agentId', 'ticketId', 'mode'])
      .merge({ ...kept, version: trx.raw('drafts.version + 1') });
    return at;
  });
}
