import { named } from '../contacts/actions/create-organization.js';
import { normaliseIdentity } from '../contacts/normalise-identity.js';
import { errors } from '../errors/errors.js';
import type { Actor } from '../hooks/catalogue.js';
import { recall, type Hat, type KnownContact } from './desk-memory.js';
import type { ContactMet, OrganizationFounded } from './history-event.js';
import { note, type Page } from './page.js';

const actor: Actor = { kind: 'system', id: 'import', door: 'import' };

export function writeOrganization(page: Page, { at, key, name, domain }: OrganizationFounded): void {
  const id = page.ids.organization();
  const known = { id, domain: domain?.toLowerCase() ?? null };
  page.memory.organizations.set(key, known);
  page.rows.organizations.push({
    id,
    ...named(name),
    domain: known.domain,
    createdAt: at,
    updatedAt: at,
  });
  note(page, at, { name: 'organization.created', payload: { organizationId: id, actor } });
}

/** The forms in which a contact's identities are compared. @throws INPUT_INVALID for a value that is none of its kind */
export function normaliseAll({ identities }: ContactMet) {
  return identities.map(({ kind, value }) => {
    const normalised = normaliseIdentity(kind, value);
    if (normalised === undefined) throw errors.INPUT_INVALID({ because: `"${value}" is no ${kind}` });
    return { kind, value, normalised };
  });
}

export function writeContact(page: Page, event: ContactMet): void {
  const { at, key, language } = event;
  const identities = normaliseAll(event);
  const known = identities.map(({ kind, normalised }) => page.taken.get(`${kind}:${normalised}`));
  const takenId = known.find((id) => id !== undefined);
  if (takenId !== undefined)
    return void page.memory.contacts.set(key, { id: takenId, hats: [], tickets: [] });
  const id = page.ids.contact();
  const name = event.name.slice(0, 255) || identities[0]?.value || '—';
  page.rows.contacts.push({ id, name, language, createdAt: at, updatedAt: at });
  page.rows.uncompared_contacts.push({ contactId: id });
  for (const identity of identities)
    page.rows.identities.push({ ...identity, contactId: id, label: null, createdAt: at });
  const spelled = identities.flatMap(({ value, normalised }) => [value, normalised]);
  page.words.contacts_search.push({ id, text: [name, ...spelled].join(' ') });
  note(page, at, { name: 'contact.created', payload: { contactId: id, actor } });
  const contact: KnownContact = { id, hats: [], tickets: [] };
  page.memory.contacts.set(key, contact);
  for (const membership of event.memberships)
    contact.hats.push(writeMembership(page, { at, id, membership }));
}

function writeMembership(
  page: Page,
  {
    at,
    id: contactId,
    membership,
  }: { at: string; id: number; membership: ContactMet['memberships'][number] },
): Hat {
  const { role, from: validFrom, to: validTo = null } = membership;
  const organization =
    membership.organization === null
      ? null
      : recall(page.memory.organizations, 'organization', membership.organization);
  const organizationId = organization?.id ?? null;
  const id = page.ids.membership();
  page.rows.memberships.push({ id, contactId, organizationId, role, title: null, validFrom, validTo });
  const payload = { contactId, membershipId: id, organizationId, role, actor };
  note(page, at, { name: 'membership.added', payload });
  if (validTo !== null) note(page, at, { name: 'membership.ended', payload });
  return { id, organizationId, domain: organization?.domain ?? null, validFrom, validTo };
}
