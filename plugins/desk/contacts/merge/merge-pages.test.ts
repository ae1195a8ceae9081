import {
  addMembership,
  changeAgent,
  changeContact,
  changeTicketContact,
  createContact,
  createLine,
  createRole,
  findContact,
  listMerges,
  mergeContacts,
  openTicket,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitAs, type Visitor } from '../../admin/visit-as.js';
import { desk as deskPlugin } from '../../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const DAY = 24 * 3_600_000;

describe.each(testEngines)('two contacts that are one person on %s', (engine) => {
  let desk: TestDesk;
  let owner: Visitor;
  let ann: number;
  let anna: number;
  beforeEach(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [deskPlugin()] } });
    owner = await visitAs(desk);
    ann = await create('Ann <Lind>', 'ann@firm.example');
    anna = await create('Lind Ann', 'anna@firm.example');
  }, 60_000);
  afterEach(() => desk.close());

  const create = (name: string, value: string) =>
    createContact(desk.app, { name, identities: [{ kind: 'email', value }], actor });
  const open = async (contactId: number, lineId = 1) => {
    const said = { subject: 'Kettle', text: 'It leaks', agentId: desk.owner.id, actor };
    const first = { kind: 'heard', channel: 'phone' } as const;
    return (await openTicket(desk.app, { ...said, contactId, lineId, first })).ticketId;
  };
  const versions = async () => ({
    keptVersion: String((await findContact(desk.app.db, ann)).version),
    goneVersion: String((await findContact(desk.app.db, anna)).version),
  });
  const merge = async (fields: Record<string, string> = {}) =>
    owner.post(`/desk/contacts/${ann}/merge/${anna}`, { ...(await versions()), ...fields });
  const undoUrlIn = (html: string) => /action="(\/desk\/contacts\/merges\/\d+\/undo)"/.exec(html)?.[1] ?? '';

  it('are shown beside each card, in a list, and are compared, in Russian and English', async () => {
    await mergeContacts(desk.app, { keptId: ann, goneId: await create('Ann B', 'b@firm.example'), actor });
    const [third] = await listMerges(desk.app.db);
    for (const language of ['ru', 'en']) {
      await changeAgent(desk.app, { agentId: owner.agentId, language, actor });
      for (const path of [
        '/desk/contacts',
        `/desk/contacts/${ann}`,
        '/desk/contacts/duplicates',
        '/desk/contacts/merges',
        `/desk/contacts/merges/${third?.id}`,
        `/desk/contacts/${ann}/merge`,
        `/desk/contacts/${ann}/merge?q=lind`,
        `/desk/contacts/${ann}/merge?q=nobody`,
        `/desk/contacts/${ann}/merge/${anna}`,
      ]) {
        const page = await owner.get(path).expect(200);
        expect(page.text).toContain(`<html lang="${language}"`);
        expect(page.text.slice(page.text.indexOf('<main'))).not.toMatch(
          /\b(?:desk|core|ui)\.[a-z]+\.[a-zA-Z.]+/,
        );
        expect(page.text).not.toContain('<Lind>');
      }
    }
    const card = (await owner.get(`/desk/contacts/${anna}`)).text;
    expect(card).toContain('May be the same person');
    expect(card).toContain(`href="/desk/contacts/${anna}/merge/${ann}"`);
    expect(card).toContain('same name in another alphabet or order, addresses of one domain');
    const list = (await owner.get('/desk/contacts/duplicates')).text;
    expect(list).toContain(`href="/desk/contacts/${ann}/merge/${anna}"`);
    expect(list).toContain('anna@firm.example');
    expect((await owner.get('/desk/contacts')).text).toMatch(
      /duplicates">.*Possible duplicates <span[^>]*>1</,
    );
  });

  it('become one as it was chosen; the old address leads to the kept one; one click undoes it', async () => {
    await changeContact(desk.app, { contactId: anna, fields: { note: 'has a dog', language: 'ru' }, actor });
    const ticketId = await open(anna);
    const page = (await owner.get(`/desk/contacts/${ann}/merge/${anna}`)).text;
    expect(page).toContain(`href="/desk/contacts/${anna}/merge/${ann}"`);
    expect(page).toMatch(/name="note" value="gone" checked/);
    const answer = await merge({ name: 'gone', language: 'kept' });
    expect(answer.headers['location']).toBe(`/desk/contacts/${ann}`);
    expect(await findContact(desk.app.db, ann)).toMatchObject({
      name: 'Lind Ann',
      language: null,
      note: 'has a dog',
    });
    const old = await owner.get(`/desk/contacts/${anna}`);
    expect([old.status, old.headers['location']]).toEqual([303, `/desk/contacts/${ann}`]);
    const edit = await owner.get(`/desk/contacts/${anna}/edit?x=1`);
    expect(edit.headers['location']).toBe(`/desk/contacts/${ann}/edit?x=1`);
    const card = (await owner.get(`/desk/contacts/${ann}`)).text;
    expect(card).toContain(`/desk/tickets/${ticketId}`);
    expect(card).toContain('anna@firm.example');
    const undone = await owner.post(undoUrlIn(card));
    expect(undone.headers['location']).toBe(`/desk/contacts/${anna}`);
    expect((await owner.get(`/desk/contacts/${anna}`)).text).toContain(`/desk/tickets/${ticketId}`);
    expect((await findContact(desk.app.db, ann)).name).toBe('Ann <Lind>');
  });

  it('are compared again when a card was changed or merged in the meantime; what was chosen stays chosen', async () => {
    const late = await versions();
    await changeContact(desk.app, { contactId: anna, fields: { note: 'new' }, actor });
    const again = await owner.post(`/desk/contacts/${ann}/merge/${anna}`, { ...late, name: 'gone' });
    expect(again.status).toBe(409);
    expect(again.text).toMatch(/name="name" value="gone" checked/);
    expect(await listMerges(desk.app.db)).toEqual([]);
    await merge();
    for (const visited of [await merge(), await owner.get(`/desk/contacts/${anna}/merge/${ann}`)])
      expect([visited.status, visited.headers['location']]).toEqual([303, `/desk/contacts/${ann}`]);
    const third = await create('Bo', 'bo@firm.example');
    const chained = await owner.get(`/desk/contacts/${third}/merge/${anna}`);
    expect(chained.headers['location']).toBe(`/desk/contacts/${third}/merge/${ann}`);
    expect(await listMerges(desk.app.db)).toHaveLength(1);
  });

  it('are kept apart once somebody said so, from the card and from the list', async () => {
    const said = await owner.post(`/desk/contacts/${ann}/apart/${anna}`, { back: 'list' });
    expect(said.headers['location']).toBe('/desk/contacts/duplicates');
    expect((await owner.get('/desk/contacts/duplicates')).text).toContain('No duplicates in sight');
    expect((await owner.get(`/desk/contacts/${ann}`)).text).toContain('Nobody looks like the same person.');
    const other = await owner.post(`/desk/contacts/${ann}/apart/${anna}`, { back: '//evil.example' });
    expect(other.headers['location']).toBe(`/desk/contacts/${ann}`);
    expect((await owner.get(`/desk/contacts/${ann}/merge?q=lind`)).text).toContain(`/merge/${anna}"`);
  });

  it('say what could not go back, or why nothing can', async () => {
    const ticketId = await open(anna);
    await merge({ name: 'gone' });
    const [first] = await listMerges(desk.app.db);
    await changeTicketContact(desk.app, { ticketId, contactId: await create('Bo', 'bo@b.example'), actor });
    await changeContact(desk.app, { contactId: ann, fields: { name: 'Ann Berg' }, actor });
    const page = `/desk/contacts/merges/${first?.id}`;
    const before = (await owner.get(page)).text;
    expect(before).toContain('Would not go back');
    expect(before).toContain('1 ticket: it was given to somebody else');
    expect((await owner.post(`${page}/undo`)).headers['location']).toBe(page);
    const after = (await owner.get(page)).text;
    expect(after).toContain('Could not go back');
    expect(after).toContain('The name: it was changed since');
    expect(after).not.toContain(`${page}/undo`);
    expect((await owner.post(`${page}/undo`)).headers['location']).toBe(page);
  });

  it('point to the merge that is undone first, and to none after 30 days', async () => {
    await merge();
    const third = await create('Bo', 'bo@firm.example');
    const { mergeId } = await mergeContacts(desk.app, { keptId: third, goneId: ann, actor });
    const page = `/desk/contacts/merges/${mergeId - 1}`;
    const chained = (await owner.get(page)).text;
    expect(chained).toContain(`href="/desk/contacts/merges/${mergeId}"`);
    expect(undoUrlIn(chained)).toBe('');
    desk.clock.pass(29 * DAY);
    owner = await visitAs(desk);
    expect(undoUrlIn((await owner.get('/desk/contacts/merges')).text)).toContain(String(mergeId));
    desk.clock.pass(2 * DAY);
    owner = await visitAs(desk);
    expect(undoUrlIn((await owner.get('/desk/contacts/merges')).text)).toBe('');
    expect((await owner.get(`/desk/contacts/merges/${mergeId}`)).text).toContain('too old');
  });

  it('are merged by nobody without the permission, and tell nothing of tickets of other lines', async () => {
    const paths = ['duplicates', 'merges', `${ann}/merge`, `${ann}/merge/${anna}`];
    for (const role of ['agent', 'observer']) {
      const visitor = await visitAs(desk, role);
      for (const path of paths) await visitor.get(`/desk/contacts/${path}`).expect(403);
      await visitor.post(`/desk/contacts/${ann}/merge/${anna}`, await versions()).expect(403);
      await visitor.post(`/desk/contacts/${ann}/apart/${anna}`).expect(403);
      await visitor.post('/desk/contacts/merges/1/undo').expect(403);
      for (const page of ['/desk/contacts', `/desk/contacts/${ann}`])
        expect((await visitor.get(page)).text).not.toMatch(/merge|duplicates/);
    }
    const line = await createLine(desk.app, { name: 'Other', actor });
    if (!line.ok) throw new Error(line.because);
    await open(anna, line.lineId);
    const { mergeId } = await mergeContacts(desk.app, { keptId: ann, goneId: anna, actor });
    const supervisor = await visitAs(desk, 'supervisor', [1]);
    const page = (await supervisor.get(`/desk/contacts/merges/${mergeId}`).expect(200)).text;
    expect(page).toContain('1 address or number');
    expect(page).not.toMatch(/\d+ tickets?\b/);
    const made = await createRole(desk.app, {
      name: 'Registry',
      permissions: ['contacts.read', 'contacts.merge'],
      actor,
    });
    if (!made.ok) throw new Error(made.because);
    const registry = await visitAs(desk, made.role.key);
    expect((await registry.get(`/desk/contacts/merges/${mergeId}`)).text).not.toMatch(/\d+ tickets?\b/);
  });

  it('are no page for an id that is none, nor for one and the same', async () => {
    for (const path of ['999/merge', `${ann}/merge/999`, `0/merge/${ann}`, 'merges/999', 'merges/x'])
      await owner.get(`/desk/contacts/${path}`).expect(404);
    for (const after of ['strong.1', 'weak.x.1', "strong.1.1'"])
      await owner.get(`/desk/contacts/duplicates?after=${after}`).expect(200);
    expect((await owner.get(`/desk/contacts/${ann}/merge/${ann}`)).headers['location']).toBe(
      `/desk/contacts/${ann}`,
    );
    await owner
      .post(`/desk/contacts/${ann}/merge/${anna}`, { ...(await versions()), name: 'both' })
      .expect(422);
  });

  it('are listed a page at a time', async () => {
    for (let n = 0; n < 30; n++) await create('Same Name', `same${n}@mail.ru`);
    const first = (await owner.get('/desk/contacts/duplicates')).text;
    const next = /href="([^"]*after[^"]*)"/.exec(first)?.[1]?.replaceAll('&#x3D;', '=') ?? '';
    const second = (await owner.get(next).expect(200)).text;
    const pairsIn = (html: string): string[] => html.match(/\/contacts\/\d+\/apart\/\d+/g) ?? [];
    expect(pairsIn(first)).toHaveLength(25);
    expect(pairsIn(second).filter((pair) => pairsIn(first).includes(pair))).toEqual([]);
  });

  it('show the hats and addresses of both', async () => {
    await addMembership(desk.app, {
      contactId: anna,
      organizationId: null,
      role: 'private',
      title: 'Ms',
      actor,
    });
    const page = (await owner.get(`/desk/contacts/${ann}/merge/${anna}`)).text;
    for (const words of ['anna@firm.example', 'ann@firm.example', 'Ms</span>']) expect(page).toContain(words);
  });
});
