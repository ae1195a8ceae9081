import { initialsOf, type DuplicateRecord } from '@helpdesk/core';

/** Who may be the same person as a contact, with what can be said to it. */
export const presentDuplicates = (contactId: number, found: readonly DuplicateRecord[]) =>
  found.map(({ contactId: otherId, name, strength, reasons }) => ({
    name,
    person: { name, initials: initialsOf(name) },
    href: `/desk/contacts/${otherId}`,
    isStrong: strength === 'strong',
    reasons,
    mergeUrl: `/desk/contacts/${contactId}/merge/${otherId}`,
    apartUrl: `/desk/contacts/${contactId}/apart/${otherId}`,
  }));
