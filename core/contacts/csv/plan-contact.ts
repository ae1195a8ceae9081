import { fold } from '../../database/search/words.js';
import { normaliseIdentity } from '../normalise-identity.js';
import { identityKey, type KnownContact, type KnownPeople } from './known-people.js';
import { planFields } from './plan-fields.js';
import { planHats, type HatTools, type PlannedHats } from './plan-hats.js';
import type { ContactRow, RowIdentity } from './read-contact-row.js';
import { rowProblem, type RowProblem } from './row-problem.js';

type Field = 'name' | 'language' | 'timeZone' | 'note';

/** What a row of contacts would do. `keys` name whom it is about: no other row of the file may name them. */
export type ContactPlan =
  | { readonly kind: 'refused'; readonly problems: readonly RowProblem[] }
  | {
      readonly kind: 'new' | 'changed' | 'same';
      readonly line: number;
      readonly keys: readonly string[];
      /** The one that is there already. */
      readonly contact?: KnownContact;
      readonly patch: Partial<Record<Field, string>>;
      readonly identities: readonly RowIdentity[];
      readonly hats: PlannedHats;
    };
export type ContactWork = Exclude<ContactPlan, { kind: 'refused' }>;

export interface PlanTools extends HatTools {
  readonly people: KnownPeople;
}

/**
 * Decides what a row does. It is about the contact whose id or identity it names; with none of them known it is a new
 * one. It is refused when it names two contacts; when it names nobody; when a phone alone leads to a contact of
 * quite another name, since colleagues share phones; and when the contact has another id from elsewhere.
 */
export function planContact(row: ContactRow, tools: PlanTools): ContactPlan {
  const refuse = (field: string, problem: string, value = ''): ContactPlan => ({
    kind: 'refused',
    problems: [rowProblem(row.line, field, problem, value)],
  });
  if (row.problems.length > 0) return { kind: 'refused', problems: row.problems };
  const { people, overwrite } = tools;
  const hits = whoseAre(row, people);
  const [first, other] = [hits[0], hits.find(({ id }) => id !== hits[0]?.id)];
  if (other) return refuse(other.field, 'twoContacts', other.value);
  const contact = first && people.contacts.get(first.id);
  if (!contact && row.identities.length === 0) return refuse('email', 'noKey');
  if (!contact && !nameOf(row)) return refuse('name', 'noName');
  if (contact && !overwrite && hits.every(({ field }) => field === 'phone') && isOtherName(row, contact))
    return refuse('phone', 'otherName', contact.name);
  const external = contact && otherExternal(row, people.externals.get(contact.id) ?? []);
  if (external) return refuse('external', 'otherExternal', external);
  const hats = planHats(row.hats, (contact && people.hats.get(contact.id)) ?? [], tools);
  if ('problem' in hats) return refuse(hats.column, hats.problem, hats.value);
  const identities = row.identities.filter((identity) => !people.owners.has(identityKey(identity)));
  const patch = contact ? patchOf(row, contact, overwrite) : newFields(row);
  const changes = Object.keys(patch).length + identities.length + hats.added.length + hats.changed.length;
  return {
    kind: !contact ? 'new' : changes > 0 ? 'changed' : 'same',
    line: row.line,
    keys: [...row.identities.map(identityKey), ...(contact ? [`contact:${contact.id}`] : [])],
    ...(contact ? { contact } : {}),
    patch,
    identities,
    hats,
  };
}

interface Hit {
  readonly id: number;
  readonly field: string;
  readonly value: string;
}

function whoseAre(row: ContactRow, { owners, contacts }: KnownPeople): Hit[] {
  const named = row.contactId !== undefined && contacts.has(row.contactId) ? row.contactId : undefined;
  const byId = named === undefined ? [] : [{ id: named, field: 'id', value: '' }];
  const byIdentity = row.identities.flatMap((identity) => {
    const id = owners.get(identityKey(identity));
    return id === undefined ? [] : [{ id, field: identity.kind, value: identity.value }];
  });
  return [...byId, ...byIdentity];
}

const nameOf = ({ name, identities }: ContactRow): string =>
  name || (identities.find(({ kind }) => kind !== 'external')?.value ?? '');

const newFields = (row: ContactRow): Partial<Record<Field, string>> => ({
  name: nameOf(row),
  ...(row.language ? { language: row.language } : {}),
  ...(row.timeZone ? { timeZone: row.timeZone } : {}),
  ...(row.note ? { note: row.note } : {}),
});

function patchOf({ name, language, timeZone, note }: ContactRow, contact: KnownContact, overwrite: boolean) {
  // A contact that is called by its address has no name yet.
  const stored = isPlaceholder(contact.name) ? { ...contact, name: '' } : contact;
  const given = { name: name === contact.name ? '' : name, language, timeZone, note };
  return planFields<Field>(stored, given, overwrite);
}

const isPlaceholder = (name: string): boolean =>
  !/\p{L}/u.test(name) || normaliseIdentity('email', name) !== undefined;

function isOtherName({ name }: ContactRow, contact: KnownContact): boolean {
  if (!name || isPlaceholder(contact.name)) return false;
  const words = new Set(wordsOf(contact.name));
  return !wordsOf(name).some((word) => words.has(word));
}

const wordsOf = (name: string): string[] => fold(name).match(/\p{L}{2,}/gu) ?? [];

/** @returns an id that the contact has, when the row gives it another one */
function otherExternal({ identities }: ContactRow, stored: readonly string[]): string | undefined {
  const given = identities.filter(({ kind }) => kind === 'external');
  const isKnown = given.every(({ normalised }) => stored.includes(normalised));
  return isKnown ? undefined : stored[0];
}
