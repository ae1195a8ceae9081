import type { Knex } from 'knex';
import type { Participant } from '../models/participant.js';
import { parseJson } from '../../database/record.js';
import type { Participants } from '../models/message.js';
import { openEvidence, type OpenEvidence } from '../sender-questions.js';

/** "Was it somebody else who wrote?": one contact, with what speaks for it. */
export interface SenderQuestion {
  readonly candidateId: number;
  readonly candidate: string;
  /** As whom the messages stand now. */
  readonly senderId: number;
  readonly sender: string;
  /** The signs are as strong as those for the sender. */
  readonly isConflict: boolean;
  readonly signs: readonly {
    readonly kind: string;
    readonly detail: string | null;
    readonly plugin: string;
  }[];
  readonly messageIds: readonly number[];
  /** What it was written from; the sender's own address. */
  readonly from: Participant | null;
}

/** The open questions of a ticket, conflicts first. */
export async function listSenderQuestions(db: Knex, ticketId: number): Promise<SenderQuestion[]> {
  const rows = await openEvidence(db).where('messages.ticketId', ticketId);
  if (rows.length === 0) return [];
  const [names, letters] = await Promise.all([
    namesOf(db, [...rows.map(({ candidateId }) => candidateId), ...rows.map(({ senderId }) => senderId)]),
    participantsOf(
      db,
      rows.map(({ messageId }) => messageId),
    ),
  ]);
  const questions = byPair(rows).flatMap((pair): SenderQuestion[] => {
    const last = pair.at(-1);
    const candidate = last && names.get(last.candidateId);
    if (!last || candidate === undefined) return [];
    const signs = new Map(
      pair.map(({ kind, detail, plugin }) => [`${kind} ${detail}`, { kind, detail, plugin }]),
    );
    return [
      {
        candidateId: last.candidateId,
        candidate,
        senderId: last.senderId,
        sender: names.get(last.senderId) ?? '—',
        isConflict: pair.some(({ decision }) => decision === 'conflict'),
        signs: [...signs.values()],
        messageIds: [...new Set(pair.map(({ messageId }) => messageId))],
        from: letters.get(last.messageId)?.from ?? null,
      },
    ];
  });
  return questions.toSorted((a, b) => Number(b.isConflict) - Number(a.isConflict));
}

function byPair(rows: readonly OpenEvidence[]): OpenEvidence[][] {
  const pairs = new Map<string, OpenEvidence[]>();
  for (const row of rows) {
    const key = `${row.senderId} ${row.candidateId}`;
    pairs.set(key, [...(pairs.get(key) ?? []), row]);
  }
  return [...pairs.values()];
}

async function namesOf(db: Knex, ids: readonly number[]): Promise<Map<number, string>> {
  const rows: { id: number; name: string }[] = await db('contacts')
    .whereIn('id', [...new Set(ids)])
    .select('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function participantsOf(db: Knex, ids: readonly number[]): Promise<Map<number, Participants>> {
  const rows: { id: number; participants: string }[] = await db('messages')
    .whereIn('id', [...new Set(ids)])
    .select('id', 'participants');
  return new Map(rows.map(({ id, participants }) => [id, parseJson<Participants>(participants, {})]));
}
