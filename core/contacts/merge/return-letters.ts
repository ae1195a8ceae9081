import { parseJson } from '../../database/record.js';
import type { Change } from '../../database/change.js';
import { normaliseIdentity } from '../normalise-identity.js';
import type { MergeRow } from './journal.js';

const AT_A_TIME = 200;

/**
 * Letters that came since the merge into tickets that went back, from an address that went back, are that person's too.
 */
export async function returnLetters(
  { trx }: Change,
  { keptId, goneId, mergedAt }: Pick<MergeRow, 'keptId' | 'goneId' | 'mergedAt'>,
): Promise<number> {
  const identities: { kind: string; normalised: string }[] = await trx('identities')
    .where({ contactId: goneId })
    .select('kind', 'normalised');
  const own = new Set(identities.map(({ kind, normalised }) => `${kind}:${normalised}`));
  let returned = 0;
  for (let after = 0; ;) {
    const letters: { id: number; participants: string }[] = await trx('messages')
      .join('tickets', 'tickets.id', 'messages.ticketId')
      .where({ 'tickets.contactId': goneId, 'messages.contactId': keptId })
      .where('messages.createdAt', '>=', mergedAt)
      .where('messages.id', '>', after)
      .orderBy('messages.id')
      .limit(AT_A_TIME)
      .select('messages.id', 'messages.participants');
    const ids = letters.filter(({ participants }) => own.has(writerOf(participants))).map(({ id }) => id);
    if (ids.length > 0) await trx('messages').whereIn('id', ids).update({ contactId: goneId });
    returned += ids.length;
    const last = letters.at(-1);
    if (!last || letters.length < AT_A_TIME) return returned;
    after = last.id;
  }
}

function writerOf(participants: string): string {
  const { from } = parseJson<{ from?: { kind: string; value: string } | null }>(participants, {});
  return from ? `${from.kind}:${normaliseIdentity(from.kind, from.value) ?? from.value.toLowerCase()}` : '';
}
