import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../testing/test-app.js';
import { testEngines } from '../../testing/test-database.js';
import { findByIdentity } from '../queries/find-by-identity.js';
import { findContactCard } from '../queries/find-contact-card.js';
import { findContact } from '../queries/find-contact.js';
import { findOrganization } from '../queries/find-organization.js';
import { listContacts } from '../queries/list-contacts.js';
import { addContact } from './add-contact.js';
import { addIdentity } from './add-identity.js';
import { addMembership } from './add-membership.js';
import { changeContact } from './change-contact.js';
import { changeOrganization } from './change-organization.js';
import { createContact } from './create-contact.js';
import { createOrganization } from './create-organization.js';
import { endMembership } from './end-membership.js';
import { removeIdentity } from './remove-identity.js';

const actor: Actor = { kind: 'agent', id: 7 };
const carlaMail = { kind: 'email', value: 'Carla@Client.Example' };

describe.each(testEngines)('contacts on %s', (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await makeTestApp(engine);
  });
  afterEach(() => app.close());

  const create = (name = 'Carla', identities = [carlaMail]) =>
    createContact(app, { name, identities, actor });
  const events = async () => {
    const rows: { name: string; payload: string }[] = await app.db('events').orderBy('id');
    return rows.map(({ name, payload }) => ({ name, ...(JSON.parse(payload) as object) }));
  };
  const found = async (query: string) => (await listContacts(app, { query })).map(({ id }) => id);

  it('have an address that nobody else has, also when two are made at one moment', async () => {
    const made = await Promise.allSettled([create('Carla'), create('Karla')]);
    const ids = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(ids).toHaveLength(1);
    const refused = made.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'IDENTITY_TAKEN', details: { contactId: ids[0] } });
    expect(await app.db('contacts').select('id')).toHaveLength(1);
    const other = await create('Other', []);
    const added = await Promise.allSettled(
      [ids[0] ?? 0, other].map((contactId) =>
        addIdentity(app, { contactId, kind: 'email', value: 'new@client.example', actor }),
      ),
    );
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(added.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'IDENTITY_TAKEN' });
  });

  it('are created with identities as they were written and as they are compared', async () => {
    const contactId = await createContact(app, {
      name: 'Carla',
      identities: [
        { kind: 'email', value: ' Carla@Client.Example ', label: 'work' },
        { kind: 'phone', value: '020 7946 0018' },
      ],
      country: 'GB',
      actor,
    });
    const { contact, identities } = await findContactCard(app.db, contactId);
    expect(contact).toMatchObject({ name: 'Carla', version: 1, createdAt: app.now().toISOString() });
    expect(identities).toMatchObject([
      { value: 'Carla@Client.Example', normalised: 'carla@client.example', label: 'work', verifiedAt: null },
      { value: '020 7946 0018', normalised: '+442079460018', label: null },
    ]);
    expect(await events()).toEqual([{ name: 'contact.created', contactId }]);
    expect(await app.db('events').select('actorKind', 'actorId')).toEqual([
      { actorKind: 'agent', actorId: '7' },
    ]);
  });

  it('are not created with a value that is none of its kind, nor with somebody’s', async () => {
    const contactId = await create();
    await expect(create('Eve', [{ kind: 'email', value: 'eve' }])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    const fresh = { kind: 'email', value: 'eve@client.example' };
    await expect(
      create('Eve', [fresh, { kind: 'email', value: 'CARLA@client.example' }]),
    ).rejects.toMatchObject({
      code: 'IDENTITY_TAKEN',
      details: { contactId, value: 'CARLA@client.example' },
    });
    expect(await app.db('contacts').select('id')).toHaveLength(1);
    expect(await findByIdentity(app.db, { kind: 'email', normalised: 'eve@client.example' })).toBeUndefined();
  });

  it('without a name are called by their address, and a long name is cut', async () => {
    const add = (name: string, value: string) =>
      change(app, (step) =>
        addContact(app, step, { name, identities: [{ kind: 'email', value, normalised: value }], actor }),
      );
    expect((await findContact(app.db, await add('', 'a@b.example'))).name).toBe('a@b.example');
    expect((await findContact(app.db, await add('x'.repeat(300), 'c@b.example'))).name).toHaveLength(255);
    const nobody = await change(app, (step) => addContact(app, step, { name: '', identities: [], actor }));
    expect((await findContact(app.db, nobody)).name).toBe('—');
  });

  it('are one person under one more address, which finds them', async () => {
    const contactId = await create();
    expect(await found('carla@home.example')).toEqual([]);
    const identityId = await addIdentity(app, {
      contactId,
      kind: 'email',
      value: 'Carla@Home.Example',
      actor,
    });
    expect(await findByIdentity(app.db, { kind: 'email', normalised: 'carla@home.example' })).toMatchObject({
      id: identityId,
      contactId,
    });
    expect(await found('carla@home.example')).toEqual([contactId]);
    expect(await found('carla@client.example')).toEqual([contactId]);
    expect(await events()).toContainEqual({ name: 'identity.added', contactId, identityId, kind: 'email' });
  });

  it('get an address once: the same again changes nothing', async () => {
    const contactId = await create();
    const [first] = (await findContactCard(app.db, contactId)).identities;
    const again = { contactId, kind: 'email', value: 'CARLA@client.example', actor };
    expect(await addIdentity(app, again)).toBe(first?.id);
    expect(await events()).toHaveLength(1);
  });

  it('get no address of somebody else, none that is not one, and none when nobody knows them', async () => {
    await create();
    const contactId = await create('Eve', []);
    const add = (value: string, to = contactId) =>
      addIdentity(app, { contactId: to, kind: 'email', value, actor });
    await expect(add('carla@client.example')).rejects.toMatchObject({ code: 'IDENTITY_TAKEN' });
    await expect(add('eve')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(add('eve@client.example', 99)).rejects.toMatchObject({ code: 'CONTACT_UNKNOWN' });
    expect((await findContactCard(app.db, contactId)).identities).toEqual([]);
  });

  it('lose an address: it finds them no more and is free for others', async () => {
    const contactId = await create();
    const [identity] = (await findContactCard(app.db, contactId)).identities;
    const identityId = identity?.id ?? 0;
    await removeIdentity(app, { contactId, identityId, actor });
    expect(await found('client.example')).toEqual([]);
    expect(await found('Carla')).toEqual([contactId]);
    expect(await events()).toContainEqual({ name: 'identity.removed', contactId, identityId, kind: 'email' });
    await expect(create('Carl')).resolves.toBeGreaterThan(contactId);
  });

  it('lose no address by the card of somebody else', async () => {
    const contactId = await create();
    const [identity] = (await findContactCard(app.db, contactId)).identities;
    const other = await create('Eve', []);
    await removeIdentity(app, { contactId: other, identityId: identity?.id ?? 0, actor });
    expect((await findContactCard(app.db, contactId)).identities).toHaveLength(1);
    expect((await events()).map(({ name }) => name)).toEqual(['contact.created', 'contact.created']);
    await expect(removeIdentity(app, { contactId: 99, identityId: 1, actor })).rejects.toMatchObject({
      code: 'CONTACT_UNKNOWN',
    });
  });

  it('change in what differs, once a version, and are found by the new name', async () => {
    const contactId = await create();
    app.clock.pass(60_000);
    await changeContact(app, { contactId, fields: { name: 'Carolina', note: '', language: 'ru' }, actor });
    expect(await findContact(app.db, contactId)).toMatchObject({
      name: 'Carolina',
      language: 'ru',
      version: 2,
      updatedAt: app.now().toISOString(),
    });
    expect(await events()).toContainEqual({
      name: 'contact.changed',
      contactId,
      fields: ['name', 'language'],
    });
    expect(await found('Carolina')).toEqual([contactId]);
    expect(await found('client.example')).toEqual([contactId]);
    await changeContact(app, { contactId, fields: { name: 'Carolina' }, actor });
    expect((await findContact(app.db, contactId)).version).toBe(2);
  });

  it('are not changed over somebody who was quicker, nor when nobody knows them', async () => {
    const contactId = await create();
    const rename = (name: string, id = contactId) =>
      changeContact(app, { contactId: id, fields: { name }, expectedVersion: 1, actor });
    await rename('Carolina');
    await expect(rename('Carlotta')).rejects.toMatchObject({ code: 'TICKET_CHANGED' });
    expect((await findContact(app.db, contactId)).name).toBe('Carolina');
    expect(await found('Carlotta')).toEqual([]);
    await expect(rename('Eve', 99)).rejects.toMatchObject({ code: 'CONTACT_UNKNOWN' });
  });

  it('take no field that is not one of the card’s', async () => {
    const contactId = await create();
    const fields = { name: 'Carolina', id: 50, version: 70, createdAt: '1999-01-01T00:00:00.000Z' };
    await changeContact(app, { contactId, fields, actor });
    const contact = await findContact(app.db, contactId);
    expect(contact).toMatchObject({ id: contactId, version: 2, createdAt: app.now().toISOString() });
  });

  it('wear hats, and take them off without losing them', async () => {
    const contactId = await create();
    const organizationId = await createOrganization(app, { name: 'Client', actor });
    const asEmployee = { contactId, organizationId, role: 'employee', title: 'Buyer', actor };
    const membershipId = await addMembership(app, asEmployee);
    await addMembership(app, {
      contactId,
      organizationId: null,
      role: 'private',
      validFrom: '2020-01-01T00:00:00.000Z',
      actor,
    });
    app.clock.pass(60_000);
    await endMembership(app, { contactId, membershipId, actor });
    const { hats } = await findContactCard(app.db, contactId);
    expect(hats).toMatchObject([
      { organization: null, role: 'private', validFrom: '2020-01-01T00:00:00.000Z', validTo: null },
      { organization: 'Client', role: 'employee', title: 'Buyer', validTo: app.now().toISOString() },
    ]);
    const told = { contactId, membershipId, organizationId, role: 'employee' };
    expect(await events()).toContainEqual({ name: 'membership.added', ...told });
    expect(await events()).toContainEqual({ name: 'membership.ended', ...told });
  });

  it('take off a hat once, and only their own', async () => {
    const contactId = await create();
    const other = await create('Eve', []);
    const membershipId = await addMembership(app, {
      contactId,
      organizationId: null,
      role: 'private',
      actor,
    });
    await endMembership(app, { contactId: other, membershipId, actor });
    expect((await findContactCard(app.db, contactId)).hats).toMatchObject([{ validTo: null }]);
    await endMembership(app, { contactId, membershipId, actor });
    const ended = app.now().toISOString();
    app.clock.pass(60_000);
    await endMembership(app, { contactId, membershipId, actor });
    expect((await findContactCard(app.db, contactId)).hats).toMatchObject([{ validTo: ended }]);
    expect((await events()).filter(({ name }) => name === 'membership.ended')).toHaveLength(1);
    await expect(
      addMembership(app, { contactId: 99, organizationId: null, role: 'private', actor }),
    ).rejects.toMatchObject({ code: 'CONTACT_UNKNOWN' });
  });

  it('have organizations that change in what differs, once a version', async () => {
    const organizationId = await createOrganization(app, {
      name: 'x'.repeat(300),
      domain: 'Client.Example',
      actor,
    });
    const made = await findOrganization(app.db, organizationId);
    expect(made.name).toHaveLength(255);
    expect(made.domain).toBe('client.example');
    const rename = (name: string, id = organizationId) =>
      changeOrganization(app, {
        organizationId: id,
        fields: { name, domain: 'client.example' },
        expectedVersion: 1,
        actor,
      });
    await rename('Client');
    expect(await findOrganization(app.db, organizationId)).toMatchObject({ name: 'Client', version: 2 });
    expect(await events()).toEqual([
      { name: 'organization.created', organizationId },
      { name: 'organization.changed', organizationId, fields: ['name'] },
    ]);
    await expect(rename('Other')).rejects.toMatchObject({ code: 'TICKET_CHANGED' });
    await expect(rename('Other', 99)).rejects.toMatchObject({ code: 'ORGANIZATION_UNKNOWN' });
    await rename('Client');
    expect((await findOrganization(app.db, organizationId)).version).toBe(2);
  });
});
