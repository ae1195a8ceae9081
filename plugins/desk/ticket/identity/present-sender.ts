import {
  can,
  listSenderQuestions,
  type DeskContext,
  type EvidenceRecord,
  type SenderQuestion,
  type TicketRecord,
} from '@helpdesk/core';
import { withView } from '../ticket-of.js';
import { signWords, signsWords, type Sign } from './sign-words.js';

/** Who else may have written: other people's cards are for those who may read contacts. */
export async function readSenderQuestions(ctx: DeskContext, ticketId: number): Promise<SenderQuestion[]> {
  return can(ctx.viewer, 'contacts.read') ? listSenderQuestions(ctx.db, ticketId) : [];
}

/** Names of everybody who was named as a writer. */
export async function readCandidates(
  ctx: DeskContext,
  evidence: readonly EvidenceRecord[],
): Promise<ReadonlyMap<number, string>> {
  const ids = evidence.flatMap(({ candidateContactId, kind }) =>
    candidateContactId !== null && kind !== 'identity' ? [candidateContactId] : [],
  );
  if (ids.length === 0 || !can(ctx.viewer, 'contacts.read')) return new Map();
  const rows: { id: number; name: string }[] = await ctx
    .db('contacts')
    .whereIn('id', [...new Set(ids)])
    .select('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, name]));
}

interface Asked {
  readonly questions: readonly SenderQuestion[];
  readonly evidence: readonly EvidenceRecord[];
}

/** What is asked of the reader: `maybes` in the contact's panel, `disputed` above the conversation. */
export function presentSender(ctx: DeskContext, ticket: TicketRecord, { questions, evidence }: Asked) {
  const decideUrl = can(ctx.viewer, 'tickets.edit')
    ? withView(ctx, `/desk/tickets/${ticket.id}/sender`)
    : undefined;
  const shared = (question: SenderQuestion) => ({
    url: decideUrl,
    expectedVersion: ticket.version,
    // An address that is moved changes a contact's card.
    address: can(ctx.viewer, 'contacts.edit') ? question.from?.value : undefined,
  });
  const maybes = questions
    .filter(({ isConflict }) => !isConflict)
    .map((question) => ({
      ...presentCandidate(ctx, question),
      ...shared(question),
      // Two cards of one person: everything goes together.
      mergeUrl: can(ctx.viewer, 'contacts.merge')
        ? `/desk/contacts/${question.candidateId}/merge/${question.senderId}`
        : undefined,
    }));
  const conflicts = questions.filter(({ isConflict }) => isConflict);
  return {
    maybes,
    disputed:
      ticket.undecidedSince === null ? undefined : presentDispute(ctx, { conflicts, evidence, shared }),
  };
}

const presentCandidate = ({ t }: DeskContext, { candidateId, candidate, signs }: SenderQuestion) => ({
  contactId: candidateId,
  name: candidate,
  href: `/desk/contacts/${candidateId}`,
  why: signsWords(t, signs),
});

/** The sender as it stands, and everybody who speaks against it. One sender at a time: mostly there is one. */
function presentDispute(
  ctx: DeskContext,
  {
    conflicts,
    evidence,
    shared,
  }: Pick<Asked, 'evidence'> & {
    readonly conflicts: readonly SenderQuestion[];
    readonly shared: (question: SenderQuestion) => object;
  },
) {
  const [first] = conflicts;
  // Without the right to read contacts there is nothing to choose from.
  if (!first) return { options: [] };
  const { senderId, sender, messageIds } = first;
  const own = evidence.filter(
    ({ messageId, decision, candidateContactId }) =>
      messageIds.includes(messageId) &&
      (decision === 'new' || (decision === 'taken' && candidateContactId === senderId)),
  );
  const now = {
    contactId: senderId,
    name: sender,
    href: `/desk/contacts/${senderId}`,
    why: signsWords(ctx.t, unique(own)),
  };
  const others = conflicts.filter((question) => question.senderId === senderId);
  return { ...shared(first), options: [now, ...others.map((question) => presentCandidate(ctx, question))] };
}

const unique = (evidence: readonly EvidenceRecord[]): Sign[] => [
  ...new Map(evidence.map((sign) => [`${sign.kind} ${sign.detail}`, sign])).values(),
];

/** Under a message: who else may have written it, as links to where it is answered. */
export function maybeLinks(
  t: DeskContext['t'],
  messageId: number,
  questions: readonly SenderQuestion[],
): Record<string, unknown>[] {
  return questions
    .filter(({ messageIds }) => messageIds.includes(messageId))
    .map(({ candidate, signs, isConflict }) => ({
      label: t('desk.sender.maybe', { name: candidate, why: signsWords(t, signs) }),
      href: isConflict ? '#disputed' : '#maybe',
      icon: 'user',
    }));
}

/** What became of a guess at the writer, for "why" under a message. Names only where they may be read. */
export function guessWords(
  t: DeskContext['t'],
  evidence: EvidenceRecord,
  { candidates, agent }: { candidates: ReadonlyMap<number, string>; agent: string | undefined },
): string {
  const { decision, answer, candidateContactId } = evidence;
  const values = {
    name: candidates.get(candidateContactId ?? 0) ?? t('desk.sender.somebody'),
    why: signWords(t, evidence),
    agent: agent ?? '—',
  };
  if (answer !== null) return t(`desk.sender.said.${answer}`, values);
  return t(`desk.sender.${decision}`, values);
}
