/**
 * Where core's own tables name a contact: a merge moves these rows, its undo moves them back. Rows have an `id`. A test
 * compares this list with the schema.
 */
export const places = [
  { table: 'memberships', column: 'contactId' },
  { table: 'identities', column: 'contactId' },
  { table: 'tickets', column: 'contactId' },
  { table: 'messages', column: 'contactId' },
  { table: 'match_evidence', column: 'candidateContactId' },
  { table: 'organization_marks', column: 'contactId' },
] as const;

export type MergePlace = (typeof places)[number]['table'];

/** Where a contact's id stays, or is taken care of by name, and why. */
export const otherPlaces: Readonly<Record<string, string>> = {
  'events.contact_id': 'the log says what was, and cannot be changed',
  'contact_sessions.contact_id': 'a session ends with the merge and is found again after its undo',
  'contact_links.contact_id': 'asks whether it is still the same contact when it is used',
  'contact_passwords.contact_id': 'everybody keeps their own: it opens nothing while merged',
  'contact_differences.contact_id': 'the kept one inherits them, see inherit-differences.ts',
  'contact_keys.contact_id': 'derived: made again from the card',
  'contact_pairs.contact_id': 'derived: made again from the keys',
  'uncompared_contacts.contact_id': 'derived: a merged one is passed over',
};
