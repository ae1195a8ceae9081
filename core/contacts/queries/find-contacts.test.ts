import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../testing/test-app.js';
import { testEngines } from '../../testing/test-database.js';
import { openTicket } from '../../tickets/actions/open-ticket.js';
import { seedTickets } from '../../tickets/seed-tickets.js';
import { addMembership } from '../actions/add-membership.js';
import { createContact } from '../actions/create-contact.js';
import { createOrganization } from '../actions/create-organization.js';
import { endMembership } from '../actions/end-membership.js';
import { findByIdentity } from './find-by-identity.js';
import { findContactCard } from './find-contact-card.js';
import { findContact } from './find-contact.js';
import { findOrganization, listMembers } from './find-organization.js';
import { listContacts } from './list-contacts.js';
import { listOrganizations } from './list-organizations.js';

const actor: Actor = { kind: 'agent', id: 1 };

describe.each(testEngines)('looking for contacts on %s', (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await makeTestApp(engine);
  });
  afterEach(() => app.close());

  const create = (name: string, ...addresses: string[]) =>
    createContact(app, { name, identities: addresses.map((value) => ({ kind: 'email', value })), actor });
  const organize = (name: string) => createOrganization(app, { name, actor });
  const wear = (contactId: number, organizationId: number) =>
    addMembership(app, { contactId, organizationId, role: 'employee', actor });

  it('finds whose an identity is, by its kind', async () => {
    const contactId = await create('Carla', 'carla@client.example');
    const normalised = 'carla@client.example';
    expect(await findByIdentity(app.db, { kind: 'email', normalised })).toMatchObject({ contactId });
    expect(await findByIdentity(app.db, { kind: 'telegram', normalised })).toBeUndefined();
    expect(await findByIdentity(app.db, { kind: 'email', normalised: 'carla' })).toBeUndefined();
  });

  it('says of an unknown contact or organization that it is unknown', async () => {
    const unknown = { code: 'CONTACT_UNKNOWN' };
    await expect(findContact(app.db, 1)).rejects.toMatchObject(unknown);
    await expect(findContactCard(app.db, 1)).rejects.toMatchObject(unknown);
    await expect(findOrganization(app.db, 1)).rejects.toMatchObject({ code: 'ORGANIZATION_UNKNOWN' });
    expect(await listMembers(app.db, { organizationId: 1 })).toEqual([]);
  });

  it('lists by name, a page at a time, two of one name in order of id', async () => {
    for (const name of ['Dora', 'Anna', 'Carla', 'Anna']) await create(name);
    const first = await listContacts(app, { limit: 2 });
    expect(first.map(({ name, id }) => [name, id])).toEqual([
      ['Anna', 2],
      ['Anna', 4],
    ]);
    const second = await listContacts(app, { after: { name: 'Anna', id: 2 }, limit: 2 });
    expect(second.map(({ name, id }) => [name, id])).toEqual([
      ['Anna', 4],
      ['Carla', 3],
    ]);
  });

  it('shows one address and the organization of today', async () => {
    const carla = await create('Carla', 'carla@work.example', 'carla@home.example');
    const [old, now] = [await organize('Old'), await organize('Young')];
    const membershipId = await wear(carla, old);
    await wear(carla, now);
    await endMembership(app, { contactId: carla, membershipId, actor });
    expect(await listContacts(app, {})).toMatchObject([
      { id: carla, email: 'carla@home.example', organization: 'Young', ticketCount: null },
    ]);
  });

  it('finds by parts of names and addresses, in Russian too, newest first', async () => {
    const irina = await create('Ирина Петрова', 'irina@client.example');
    const petr = await create('Пётр', 'petrov@client.example');
    const found = async (query: string) => (await listContacts(app, { query })).map(({ id }) => id);
    expect(await found('петрова')).toEqual([irina]);
    expect(await found('петр')).toEqual([petr, irina]);
    expect(await found('irina@client.example')).toEqual([irina]);
    expect(await found('client')).toEqual([petr, irina]);
    expect(await found('Сидоров')).toEqual([]);
    expect(await found(`%_'"*:()&|!`)).toEqual([]);
  });

  it('counts of the tickets those that the viewer may see', async () => {
    await change(app, async ({ trx, at }) => {
      await seedTickets(trx, 'en');
      await trx('lines').insert(['Shop', 'Office'].map((name) => ({ name, createdAt: at })));
    });
    const contactId = await create('Carla');
    for (const lineId of [1, 1, 2])
      await openTicket(app, {
        subject: 'Kettle',
        contactId,
        lineId,
        agentId: 1,
        text: 'She called',
        first: { kind: 'heard', channel: 'phone' },
        actor,
      });
    const count = async (lineIds: 'all' | number[]) =>
      (await listContacts(app, { viewer: { agentId: 9, lineIds } })).map(({ ticketCount }) => ticketCount);
    expect(await count('all')).toEqual([3]);
    expect(await count([1])).toEqual([2]);
    expect(await count([])).toEqual([0]);
  });

  it('lists members, those of today first, each group by name', async () => {
    const organizationId = await organize('Client');
    const [anna, boris, carla] = [await create('Anna'), await create('Boris'), await create('Carla')];
    const left = await wear(anna, organizationId);
    await wear(carla, organizationId);
    await wear(boris, organizationId);
    await endMembership(app, { contactId: anna, membershipId: left, actor });
    const members = await listMembers(app.db, { organizationId });
    expect(members.map(({ name, validTo }) => [name, validTo !== null])).toEqual([
      ['Boris', false],
      ['Carla', false],
      ['Anna', true],
    ]);
    expect(await listMembers(app.db, { organizationId, limit: 1 })).toHaveLength(1);
  });

  it('lists organizations by name and by how they begin; signs are signs', async () => {
    for (const name of ['Beta', 'alpha 100%', 'Alpha', 'a_b']) await organize(name);
    const names = async (input: Parameters<typeof listOrganizations>[1]) =>
      (await listOrganizations(app.db, input)).map(({ name }) => name);
    expect((await names({})).toSorted()).toEqual(['Alpha', 'Beta', 'a_b', 'alpha 100%']);
    expect((await names({ beginning: 'ALPHA' })).toSorted()).toEqual(['Alpha', 'alpha 100%']);
    expect(await names({ beginning: 'alpha 100%' })).toEqual(['alpha 100%']);
    expect(await names({ beginning: '%' })).toEqual([]);
    expect(await names({ beginning: 'a_' })).toEqual(['a_b']);
    const all = await listOrganizations(app.db);
    const [first, second] = all;
    const after = { name: first?.name ?? '', id: first?.id ?? 0 };
    expect((await names({ after, limit: 1 }))[0]).toBe(second?.name);
  });
});
