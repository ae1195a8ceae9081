import { reindexContact } from '../actions/add-contact.js';
import { named } from '../actions/create-organization.js';
import type { App } from '../../database/app.js';
import type { Change } from '../../database/change.js';
import { indexManyWords } from '../../database/search/index-words.js';
import type { Actor } from '../../hooks/catalogue.js';
import { insertRows } from './insert-rows.js';
import { eachChunk } from './each-chunk.js';
import { Overtaken } from './overtaken.js';
import type { ContactWork } from './plan-contact.js';

export interface WriteContacts {
  readonly works: readonly ContactWork[];
  readonly actor: Actor;
}

/** Writes what was planned for a few rows, with an event for each change. @throws Overtaken */
export async function writeContacts(app: App, step: Change, { works, actor }: WriteContacts): Promise<void> {
  const todo = works.filter(({ kind }) => kind !== 'same');
  const organizations = await writeOrganizationsOf(step, { works: todo, actor });
  const ids = await writeCards(step, { works: todo, actor });
  const pairs = todo.map((work, at) => ({ work, contactId: ids[at] ?? 0 }));
  await writeIdentities(step, { pairs, actor });
  await writeHats(step, { pairs, organizations, actor });
  await indexAll(app, step, pairs);
}

type Pair = { readonly work: ContactWork; readonly contactId: number };

/** @returns the ids of what was created, by the negative ones of the plans */
async function writeOrganizationsOf(
  { trx, at, announce }: Change,
  { works, actor }: WriteContacts,
): Promise<ReadonlyMap<number, number>> {
  const created = works.flatMap(({ hats }) => hats.created);
  const rows = created.map(({ name, domain }) => ({
    ...named(name),
    domain: domain || null,
    createdAt: at,
    updatedAt: at,
  }));
  const ids = await insertRows(trx, 'organizations', { rows, known: ['name', 'domain'] });
  for (const organizationId of ids) announce('organization.created', { organizationId, actor });
  return new Map(created.map(({ id }, i) => [id, ids[i] ?? 0]));
}

async function writeCards({ trx, at, announce }: Change, { works, actor }: WriteContacts): Promise<number[]> {
  const fresh = works.filter(({ contact }) => !contact);
  const rows = fresh.map(({ patch }) => ({
    name: patch.name ?? '—',
    language: patch.language ?? null,
    timeZone: patch.timeZone ?? null,
    note: patch.note ?? '',
    createdAt: at,
    updatedAt: at,
  }));
  const made = await insertRows(trx, 'contacts', { rows, known: ['name', 'language', 'timeZone', 'note'] });
  for (const contactId of made) announce('contact.created', { contactId, actor });
  const ids: number[] = [];
  for (const { contact, patch } of works) {
    if (!contact) {
      ids.push(made.shift() ?? 0);
      continue;
    }
    ids.push(contact.id);
    const fields = Object.keys(patch);
    if (fields.length === 0) continue;
    const written = await trx('contacts')
      .where({ id: contact.id, version: contact.version })
      .update({ ...patch, updatedAt: at, version: contact.version + 1 });
    if (written === 0) throw new Overtaken();
    announce('contact.changed', { contactId: contact.id, fields, actor });
  }
  return ids;
}

// A word that both languages know; the agent sees it beside the number.
const EXTERNAL_LABEL = 'ID';

async function writeIdentities(
  { trx, at, announce }: Change,
  { pairs, actor }: { pairs: readonly Pair[]; actor: Actor },
): Promise<void> {
  const rows = pairs.flatMap(({ work, contactId }) =>
    work.identities.map((identity) => ({
      ...identity,
      contactId,
      label: identity.kind === 'external' ? EXTERNAL_LABEL : null,
      createdAt: at,
    })),
  );
  const ids = await insertRows(trx, 'identities', { rows, known: ['kind', 'normalised'] });
  const old = new Set(pairs.flatMap(({ work }) => work.contact?.id ?? []));
  for (const [i, { contactId, kind }] of rows.entries())
    if (old.has(contactId)) announce('identity.added', { contactId, identityId: ids[i] ?? 0, kind, actor });
}

async function writeHats(
  { trx, at, announce }: Change,
  {
    pairs,
    organizations,
    actor,
  }: { pairs: readonly Pair[]; organizations: ReadonlyMap<number, number>; actor: Actor },
): Promise<void> {
  const rows = pairs.flatMap(({ work, contactId }) =>
    work.hats.added.map(({ organizationId, role, title }) => ({
      contactId,
      organizationId: organizationId === null ? null : (organizations.get(organizationId) ?? organizationId),
      role,
      title,
      validFrom: at,
    })),
  );
  const known = ['contactId', 'organizationId', 'role'] as const;
  const ids = await insertRows(trx, 'memberships', { rows, known });
  for (const [i, { contactId, organizationId, role }] of rows.entries())
    announce('membership.added', { contactId, membershipId: ids[i] ?? 0, organizationId, role, actor });
  for (const { work, contactId } of pairs)
    for (const { hat, patch } of work.hats.changed) {
      await trx('memberships').where({ id: hat.id, contactId }).update(patch);
      announce('membership.changed', {
        contactId,
        membershipId: hat.id,
        organizationId: hat.organizationId,
        role: patch.role ?? hat.role,
        fields: Object.keys(patch),
        actor,
      });
    }
}

async function indexAll(app: App, step: Change, pairs: readonly Pair[]): Promise<void> {
  const fresh = pairs.filter(({ work }) => !work.contact);
  const entries = fresh.map(({ work, contactId }) => {
    const spelled = work.identities.flatMap(({ value, normalised }) => [value, normalised]);
    return { id: contactId, text: [work.patch.name, ...spelled].join(' ') };
  });
  await eachChunk(entries, (some) =>
    indexManyWords(step.trx, app.database.engine, { table: 'contacts_search', entries: some }),
  );
  // Who may be the same person is found afterwards, as for any history that is taken in.
  await eachChunk(fresh, (some) =>
    step.trx('uncompared_contacts').insert(some.map(({ contactId }) => ({ contactId }))),
  );
  for (const { work, contactId } of pairs)
    if (work.contact && (work.patch.name !== undefined || work.identities.length > 0))
      await reindexContact(app, step, contactId);
}
