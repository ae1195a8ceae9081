import { articleSlugs, CATEGORY } from './keep-articles.js';
import type { Customer, World } from './two-customers.js';

/** What an address may name that not everybody may read. An `article` is one that no customer reads. */
export type Guarded = 'ticket' | 'file' | 'article';
/** `bearer`: whoever holds it may use it. `category`: one that everybody reads. `public`: anything else. */
export type Open = 'bearer' | 'category' | 'public';

export const isGuarded = (thing: Guarded | Open): thing is Guarded =>
  thing === 'ticket' || thing === 'file' || thing === 'article';

/** Ids of a customer's that forms may carry. */
export interface Ids {
  readonly ticketId: number;
  readonly membershipId: number;
  readonly identityId: number;
  readonly sessionId: number;
}

export interface Sample {
  /** By the parameter's name in the path. */
  readonly params?: Readonly<Record<string, Guarded | Open>>;
  /** What a form sends: ids in it are of the customer whose things are tried. */
  readonly fields?: (of: Ids) => Readonly<Record<string, string>>;
}

const written = {
  subject: 'Typed subject',
  text: 'Typed text',
  anyway: '1',
  _once: 'the-same-for-everybody',
};
const name = { name: 'Typed name' };
const password = 'quiet green harbour';

/**
 * By path, for every route of the customers' pages that names something in its address or takes a form. A route that is
 * not here fails the crawler.
 */
export const samples: Readonly<Record<string, Sample>> = {
  '/files/:key/:name': { params: { key: 'file', name: 'public' } },
  '/help/:category': { params: { category: 'category' } },
  '/help/:category/:slug': { params: { category: 'category', slug: 'article' } },
  '/help/:category/:slug/helpful': {
    params: { category: 'category', slug: 'article' },
    fields: () => ({ helpful: 'yes' }),
  },
  '/help/images/:file': { params: { file: 'public' } },
  '/language': { fields: () => ({ language: 'en', back: '/profile' }) },
  '/profile': { fields: () => ({ ...name, language: 'en', timeZone: '', preferredChannel: '' }) },
  '/profile/addresses': { fields: () => ({ address: 'typed@client.example' }) },
  '/profile/addresses/remove': { fields: ({ identityId }) => ({ identityId: String(identityId) }) },
  '/profile/confirm/:token': { params: { token: 'bearer' } },
  '/profile/devices': { fields: ({ sessionId }) => ({ sessionId: String(sessionId) }) },
  '/profile/password': { fields: () => ({ password }) },
  '/requests/:number': { params: { number: 'ticket' } },
  '/requests/:number/news': { params: { number: 'ticket' } },
  '/requests/:number/reopen': { params: { number: 'ticket' } },
  '/requests/:number/reply': { params: { number: 'ticket' }, fields: () => written },
  '/requests/:number/solve': { params: { number: 'ticket' } },
  '/requests/new': { fields: ({ membershipId }) => ({ ...written, hat: String(membershipId) }) },
  '/sign-in': { fields: () => ({ address: 'typed@client.example', next: '/requests' }) },
  '/sign-in/:token': { params: { token: 'bearer' } },
  '/sign-in/password': { fields: () => ({ address: 'typed@client.example', password }) },
  '/sign-out': {},
  '/surveys/:token': { params: { token: 'bearer' }, fields: () => ({ score: '1', comment: 'Good' }) },
  '/surveys/requests/:number': {
    params: { number: 'ticket' },
    fields: () => ({ score: '4', comment: 'Good' }),
  },
  '/surveys/stop/:token': { params: { token: 'bearer' } },
  '/write': { fields: () => ({ ...written, ...name, email: 'typed@client.example' }) },
};

/** The same kind of thing, as nobody has it. */
export const unknownOf: Readonly<Record<Guarded, string>> = {
  ticket: '987654321',
  file: 'A'.repeat(22),
  article: 'no-such-article',
};

/** What stands in an address where it does not matter. */
export const openOf: Readonly<Record<Open, string>> = {
  bearer: 'A'.repeat(22),
  category: CATEGORY,
  public: 'no-such-page',
};

/** What is no id at all. */
export const nonsense = ['abc', '-1', '0', '1.5', '1e3', '9'.repeat(20), '%00', '%D1%8F', "1'--"];

/** How a thing of a customer is spelled in an address. */
export function spell(thing: Guarded | undefined, of: Customer): string {
  if (thing === 'article') return articleSlugs.team;
  return thing === 'ticket' ? String(of.number) : thing === 'file' ? of.fileKey : '';
}

/** The same of things that were there and are gone. */
export function goneOf({ gone }: World, thing: Guarded): string {
  if (thing === 'article') return articleSlugs.gone;
  return thing === 'ticket' ? String(gone.number) : gone.fileKey;
}

export async function idsOf({ desk }: World, of: Customer): Promise<Ids> {
  const { contactId, ticketId, membershipId } = of;
  const newest = async (table: string) => {
    const row: { id: number } | undefined = await desk.app
      .db(table)
      .where({ contactId })
      .orderBy('id', 'desc')
      .first('id');
    return row?.id ?? 0;
  };
  const [identityId, sessionId] = await Promise.all([newest('identities'), newest('contact_sessions')]);
  return { ticketId, membershipId, identityId, sessionId };
}
