import type { NewContact, NewIdentity } from '../../contacts/actions/add-contact.js';
import type { ContactCandidate } from '../../contacts/hooks.js';
import { followMerges } from '../../contacts/hold-contact.js';
import { normaliseIdentity } from '../../contacts/normalise-identity.js';
import { listDifferences } from '../../contacts/note-difference.js';
import { findByIdentity } from '../../contacts/queries/find-by-identity.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { NewEvidence } from '../../tickets/actions/receive-message.js';
import type { ChannelAccount, ChannelApp } from '../channel.js';
import type { IncomingMessage } from '../incoming-message.js';
import { suggestContacts } from './suggest-contacts.js';

export interface ContactDecision {
  from: { contactId: number; keeps?: NewIdentity } | { create: Omit<NewContact, 'actor'> };
  evidence: NewEvidence[];
}

type Sent = IncomingMessage & { from: NonNullable<IncomingMessage['from']> };
type Judged = ContactCandidate & { plugin: string };

const CANDIDATES_MOST = 20;
const system: Actor = { kind: 'system', id: 'intake' };

/**
 * Whose is it? Everybody is asked; core decides and keeps the reasons. A strong answer is taken; a weak one is only
 * shown as "maybe". Strong ones that disagree go to a person: until then the writer's own address counts, and where that
 * is nobody's, the writer is somebody new, who sees nothing of the others. What a person has ruled out is not asked again.
 */
export async function decideContact(
  app: ChannelApp,
  account: ChannelAccount,
  message: Sent,
): Promise<ContactDecision> {
  const { from } = message;
  const normalised =
    normaliseIdentity(from.kind, from.value, app.company?.country) ?? from.value.toLowerCase();
  const own = await findByIdentity(app.db, { kind: from.kind, normalised });
  const ruledOut = own ? await listDifferences(app.db, own.contactId) : new Set<number>();
  const others = await askForCandidates(app, account, { message, normalised, isKnown: own !== undefined });
  const taken = own?.contactId ?? agreedOn(others);
  const evidence = others.map(({ plugin, ...candidate }): NewEvidence => ({
    candidateContactId: candidate.contactId,
    kind: candidate.kind,
    strength: candidate.strength,
    detail: candidate.detail?.slice(0, 500) ?? null,
    plugin,
    decision: ruledOut.has(candidate.contactId) ? 'ruledOut' : decisionOn(candidate, taken),
  }));
  const byAddress = { kind: 'identity', strength: 'strong', detail: from.kind, plugin: 'core' } as const;
  if (own) {
    const known = { ...byAddress, candidateContactId: own.contactId, decision: 'taken' as const };
    return { from: { contactId: own.contactId }, evidence: [known, ...evidence] };
  }
  const identity = { kind: from.kind, value: from.value, normalised };
  if (taken !== undefined) {
    const isProven = others.some(({ contactId, keepsAddress }) => contactId === taken && keepsAddress);
    return { from: { contactId: taken, ...(isProven ? { keeps: identity } : {}) }, evidence };
  }
  const create = { name: from.name || from.value, language: message.language, identities: [identity] };
  return { from: { create }, evidence: [{ ...byAddress, decision: 'new' }, ...evidence] };
}

async function askForCandidates(
  app: ChannelApp,
  account: ChannelAccount,
  { message, normalised, isKnown }: { message: Sent; normalised: string; isKnown: boolean },
): Promise<Judged[]> {
  const { kind, name } = message.from;
  const text = message.text.slice(0, 8000);
  const asked = app.hooks.listens('contact.candidates')
    ? await app.hooks.collect('contact.candidates', {
        kind,
        value: normalised,
        name,
        channel: account.channel,
        lineId: account.lineId,
        text,
        actor: system,
      })
    : [];
  const suggested = isKnown ? [] : await suggestContacts(app, { kind, normalised, name, text });
  const all = [
    ...asked.map(({ plugin, answer }) => ({ ...answer, plugin })),
    ...suggested.map((answer) => ({ ...answer, plugin: 'core' })),
  ];
  return onlyKnown(app, all);
}

/** A plugin may name somebody who is gone, or who was merged. */
async function onlyKnown({ db }: ChannelApp, candidates: readonly Judged[]): Promise<Judged[]> {
  const known: Judged[] = [];
  for (const candidate of candidates.slice(0, CANDIDATES_MOST)) {
    const contactId = await followMerges(db, candidate.contactId);
    if (contactId !== undefined) known.push({ ...candidate, contactId });
  }
  return known;
}

/** The one contact that every strong answer names. */
function agreedOn(candidates: readonly Judged[]): number | undefined {
  const named = new Set(
    candidates.filter(({ strength }) => strength === 'strong').map(({ contactId }) => contactId),
  );
  const [first] = named;
  return named.size === 1 ? first : undefined;
}

function decisionOn(
  { contactId, strength }: Judged | ContactCandidate,
  taken?: number,
): NewEvidence['decision'] {
  if (contactId === taken) return 'taken';
  return strength === 'weak' ? 'maybe' : 'conflict';
}
