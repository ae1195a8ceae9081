import { change, fold, normaliseIdentity, type Actor, type App } from '@helpdesk/core';
import type { Knex } from 'knex';
import { putInSegment } from './put-in-segment.js';
import type { ImportRow } from './read-import.js';
import { readSegments } from './segments-of.js';

/** Why a row was not taken: a text key below `routing.import.problem`. */
export interface ImportProblem {
  readonly line: number;
  readonly who: string;
  readonly because: 'who' | 'several' | 'segment' | 'hand' | 'twice';
}
export interface ImportResult {
  readonly taken: number;
  readonly problems: readonly ImportProblem[];
}
type Who = { contactId: number } | { organizationId: number };

const AT_A_TIME = 200;

/**
 * Puts contacts and organizations into segments by a list. A row names an address, a phone, or an organization by name or
 * domain; the segment by mark or name, an empty one takes out. What was set by hand stays, and says so.
 * @param isDry checks without writing
 */
export async function importSegments(
  app: App,
  { rows, isDry, actor }: { rows: readonly ImportRow[]; isDry: boolean; actor: Actor },
): Promise<ImportResult> {
  const segments = await readSegments(app.db);
  const byWord = new Map(
    segments.flatMap(
      ({ id, mark, name }) =>
        [
          [fold(name), id],
          [fold(mark), id],
        ] as const,
    ),
  );
  const byHand = await readHandSet(app.db);
  const everybody = await findAll(app.db, [...new Set(rows.map(({ who }) => who))]);
  const seen = new Set<string>();
  const problems: ImportProblem[] = [];
  const found: { who: Who; segmentId: number | null }[] = [];
  for (const { line, who: words, segment } of rows) {
    const problem = (because: ImportProblem['because']) => void problems.push({ line, who: words, because });
    const segmentId = segment === '' ? null : byWord.get(fold(segment));
    if (segmentId === undefined) {
      problem('segment');
      continue;
    }
    const who = everybody.get(words) ?? 'who';
    if (typeof who === 'string') problem(who);
    else if (byHand.has(keyOf(who))) problem('hand');
    else if (seen.has(keyOf(who))) problem('twice');
    else {
      seen.add(keyOf(who));
      found.push({ who, segmentId });
    }
  }
  if (!isDry)
    for (let from = 0; from < found.length; from += AT_A_TIME)
      await change(app, async (step) => {
        for (const { who, segmentId } of found.slice(from, from + AT_A_TIME))
          await putInSegment(step, { ...who, segmentId, source: 'import', actor });
      });
  return { taken: found.length, problems };
}

const keyOf = (who: Who) => ('contactId' in who ? `c${who.contactId}` : `o${who.organizationId}`);

async function readHandSet(db: Knex): Promise<Set<string>> {
  const rows: { contactId: number | null; organizationId: number | null }[] = await db('routing_members')
    .where({ source: 'hand' })
    .select('contactId', 'organizationId');
  return new Set(
    rows.map(({ contactId, organizationId }) =>
      contactId === null ? `o${organizationId}` : `c${contactId}`,
    ),
  );
}

type Found = Who | 'who' | 'several';

/** Whom each of some words means: an address, a phone, the name or domain of an organization. */
async function findAll(db: Knex, words: readonly string[]): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  for (let from = 0; from < words.length; from += AT_A_TIME)
    for (const [word, who] of await findSome(db, words.slice(from, from + AT_A_TIME))) found.set(word, who);
  return found;
}

async function findSome(db: Knex, words: readonly string[]): Promise<[string, Found][]> {
  const forms = words.map((word) => ({
    word,
    email: normaliseIdentity('email', word),
    phone: normaliseIdentity('phone', word),
    folded: fold(word),
    domain: word.toLowerCase(),
  }));
  const identities: { kind: string; normalised: string; contactId: number }[] = await db('identities')
    .whereIn(
      'normalised',
      forms.flatMap(({ email, phone }) => [email ?? [], phone ?? []].flat()),
    )
    .select('kind', 'normalised', 'contactId');
  const organizations: { id: number; folded: string; domain: string | null }[] = await db('organizations')
    .whereIn(
      'folded',
      forms.map(({ folded }) => folded),
    )
    .orWhereIn(
      'domain',
      forms.map(({ domain }) => domain),
    )
    .select('id', 'folded', 'domain');
  return forms.map(({ word, email, phone, folded, domain }) => {
    const identity = identities.find(
      ({ kind, normalised }) =>
        (kind === 'email' && normalised === email) || (kind === 'phone' && normalised === phone),
    );
    if (identity) return [word, { contactId: identity.contactId }];
    const named = organizations.filter((one) => one.folded === folded || one.domain === domain);
    if (named.length > 1) return [word, 'several'];
    return [word, named[0] ? { organizationId: named[0].id } : 'who'];
  });
}
