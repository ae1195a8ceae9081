import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAgent, createContact, findContact, findContactCard } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { visitAs, type Visitor } from '../admin/visit-as.js';
import { desk as deskPlugin } from '../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;

describe('contacts', () => {
  let desk: TestDesk;
  let owner: Visitor;
  let observer: Visitor;
  let pavel: number;
  beforeAll(async () => {
    desk = await startTestDesk({ config: { plugins: [deskPlugin()] } });
    owner = await visitAs(desk);
    observer = await visitAs(desk, 'observer');
    const identities = [{ kind: 'email', value: 'pavel@client.example' }];
    pavel = await createContact(desk.app, { name: 'Pavel Gromov', identities, actor });
  });
  afterAll(() => desk.close());

  it.each(['ru', 'en'])('are listed, found and shown in %s without missing texts', async (language) => {
    const paths = [
      '/desk/contacts',
      '/desk/contacts?q=pavel',
      '/desk/contacts?q=nobody',
      `/desk/contacts/${pavel}`,
    ];
    const more = [`/desk/contacts/${pavel}/edit`, '/desk/contacts/new', '/desk/organizations'];
    await changeAgent(desk.app, {
      agentId: owner.agentId,
      language,
      actor: { kind: 'agent', id: owner.agentId, door: 'test' },
    });
    for (const path of [...paths, ...more]) {
      const page = await owner.get(path);
      expect(page.text).toContain(`<html lang="${language}"`);
      expect(page.status).toBe(200);
      expect(page.text.slice(page.text.indexOf('<main'))).not.toMatch(
        /\b(?:desk|core|ui)\.[a-z]+\.[a-zA-Z.]+/,
      );
    }
    expect((await owner.get('/desk/contacts?q=pavel')).text).toContain('Pavel Gromov');
  });

  it('can be read but not changed by an observer; a foreign id is no page', async () => {
    const page = await observer.get(`/desk/contacts/${pavel}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(`/desk/contacts/${pavel}/edit`);
    expect((await observer.get(`/desk/contacts/${pavel}/edit`)).status).toBe(403);
    expect((await observer.post(`/desk/contacts/${pavel}/hats`, { title: 'x' })).status).toBe(403);
    for (const id of ['999', '0', '-1', 'abc', '1e3'])
      expect((await owner.get(`/desk/contacts/${id}`)).status).toBe(404);
  });

  it('are created; a bad number keeps what was typed, a taken address names its owner', async () => {
    const bad = await owner.post('/desk/contacts', { name: 'Oleg', phone: 'twelve' });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('value="Oleg"');
    expect(bad.text).toContain('not a phone number');
    const taken = await owner.post('/desk/contacts', { name: 'Oleg', email: 'PAVEL@client.example' });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain(`href="/desk/contacts/${pavel}"`);
    const made = await owner.post('/desk/contacts', { name: 'Oleg', email: 'oleg@client.example' });
    expect(made.headers['location']).toMatch(/^\/desk\/contacts\/\d+$/);
  });

  it('get and lose addresses and hats', async () => {
    const path = `/desk/contacts/${pavel}`;
    const taken = await owner.post(`${path}/identities`, { kind: 'email', value: 'oleg@client.example' });
    expect(taken.text).toContain('already belongs to Oleg');
    expect((await owner.post(`${path}/identities`, { kind: 'email', value: 'no' })).status).toBe(422);
    const phone = { kind: 'phone', value: '+7 912 555-01-01', label: 'work' };
    expect((await owner.post(`${path}/identities`, phone)).status).toBe(303);
    expect((await owner.post(`${path}/hats`, { organization: 'Montazh', title: 'CTO' })).status).toBe(303);
    expect((await owner.post(`${path}/hats`, { organizationId: '999' })).status).toBe(404);
    const card = await findContactCard(desk.app.db, pavel);
    expect(card.hats[0]).toMatchObject({ organization: 'Montazh', title: 'CTO', validTo: null });
    const page = await owner.get(`/desk/organizations/${card.hats[0]?.organizationId}`);
    expect(page.text).toContain('Pavel Gromov');
    await owner.post(`${path}/hats/${card.hats[0]?.id}/end`);
    await owner.post(`${path}/identities/${card.identities[1]?.id}/remove`);
    const after = await findContactCard(desk.app.db, pavel);
    expect(after.hats[0]?.validTo).not.toBeNull();
    expect(after.identities).toHaveLength(1);
  });

  it('are saved on the version that was read; a conflict keeps what was typed', async () => {
    const path = `/desk/contacts/${pavel}/edit`;
    const { version } = await findContact(desk.app.db, pavel);
    const fields = { name: 'Pavel A. Gromov', language: 'ru', timeZone: '', note: 'calls in the morning' };
    expect((await owner.post(path, { ...fields, version: String(version) })).status).toBe(303);
    const late = await owner.post(path, { ...fields, name: 'Late', version: String(version) });
    expect(late.status).toBe(409);
    expect(late.text).toContain('value="Late"');
    expect((await owner.post(path, { ...fields, name: ' ', version: '1' })).status).toBe(422);
    expect((await findContact(desk.app.db, pavel)).name).toBe('Pavel A. Gromov');
  });
});
