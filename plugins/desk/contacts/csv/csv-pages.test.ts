import {
  changeAgent,
  createContact,
  createRole,
  findContactCard,
  findImport,
  signIn,
  addAgent,
  disableAgent,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitAs, type Visitor } from '../../admin/visit-as.js';
import { desk as deskPlugin } from '../../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const PATH = '/desk/contacts/import';
const people =
  'Имя;E-mail;Телефон;Организация\r\nИван Петров;ivan@client.example;89120000001;Север\r\nКто-то;нет;;\r\n';

describe.each(testEngines)('contacts as files on %s', (engine) => {
  let desk: TestDesk;
  let owner: Visitor;
  beforeEach(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [deskPlugin()] } });
    owner = await visitAs(desk);
  });
  afterEach(() => desk.close());

  async function cookieOf(account: { email: string; password: string }): Promise<string> {
    const answer = await signIn(desk.app, { ...account, ip: '127.0.0.1', device: 'test' });
    return answer.ok ? `hd=${answer.token}` : '';
  }
  async function send(content: string | Uint8Array, { name = 'people.csv', subject = 'contacts' } = {}) {
    const body = new FormData();
    body.append('subject', subject);
    body.append('file', new Blob([content as string]), name);
    const headers = {
      cookie: await cookieOf(desk.owner),
      accept: 'text/html',
      'sec-fetch-site': 'same-origin',
    };
    return fetch(desk.url + PATH, { method: 'POST', redirect: 'manual', body, headers });
  }
  const placeOf = async (content: string, more = {}) =>
    (await send(content, more)).headers.get('location') ?? '';
  const columnsOf = async (place: string) => {
    const file = await findImport(desk.app.db, Number(place.split('/').at(-1)));
    return Object.fromEntries(file.columns.map((column, at) => [`column-${at}`, column ?? '']));
  };

  it('are taken in step by step: columns, what would happen, the rows that are left out, the result', async () => {
    const place = await placeOf(people);
    expect(place).toBe(`${PATH}/1`);
    const columns = await owner.get(place);
    expect(columns.text).toContain('people.csv');
    expect(columns.text).toContain('Contacts, 2 rows');
    expect(columns.text).toMatch(/<option value="email" selected>/);
    expect(columns.text).toContain('Иван Петров · Кто-то');
    expect((await owner.post(`${place}/check`, await columnsOf(place))).headers['location']).toBe(place);
    const waiting = await owner.get(place);
    expect(waiting.text).toContain('Is being checked');
    expect(waiting.text).toContain('<progress max="2" value="0"');
    expect((await owner.get(place).set('X-Fragment', '1')).text).toContain('0 of 2 rows');
    await desk.drain();
    expect((await owner.get(place).set('X-Fragment', '1')).status).toBe(204);
    const checked = await owner.get(place);
    expect(checked.text).toContain('What would happen');
    expect(checked.text).toContain('This is not an e-mail address.');
    expect(checked.text).toContain('Write 1 row');
    expect(await desk.app.db('contacts').select('id')).toEqual([]);
    const problems = await owner.get(`${place}/problems.csv`);
    expect(problems.headers['content-disposition']).toMatch(
      /^attachment; filename="import-problems-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(problems.text).toBe(
      '\uFEFFRow,Column,What is wrong,In the file\r\n3,E-mail,This is not an e-mail address.,нет\r\n',
    );
    await owner.post(`${place}/run`);
    await desk.drain();
    const done = await owner.get(place);
    expect(done.text).toContain('It is done');
    const [contact] = await desk.app.db('contacts').select<{ id: number }[]>('id');
    expect(await findContactCard(desk.app.db, contact?.id ?? 0)).toMatchObject({
      contact: { name: 'Иван Петров' },
      hats: [{ organization: 'Север' }],
    });
    const events: { actorKind: string; actorId: string }[] = await desk.app
      .db('events')
      .where('name', 'contact.created')
      .select('actorKind', 'actorId');
    expect(events).toEqual([{ actorKind: 'agent', actorId: String(owner.agentId) }]);
    const list = await owner.get(PATH);
    expect(list.text).toContain(`href="${place}"`);
    expect((await owner.post(`${place}/run`)).status).toBe(303);
    await owner.post(`${place}/forget`);
    expect((await owner.get(place)).text).toContain('have been removed');
  });

  it('are read another way, and mapped another way, until somebody starts to write', async () => {
    const place = await placeOf('a|b,c;d\n1,2;3\n');
    expect((await owner.get(place)).text).toContain('a|b');
    await owner.post(`${place}/dialect`, { encoding: 'utf-8', separator: 'semicolon' });
    expect((await owner.get(place)).text).toContain('a|b,c');
    const none = await owner.post(`${place}/check`, { 'column-0': 'note' });
    expect(none.status).toBe(422);
    expect(none.text).toContain('One column must say');
    const twice = await owner.post(`${place}/check`, {
      'column-0': 'name',
      'column-1': 'name',
      overwrites: 'true',
    });
    expect(twice.text).toContain('Two columns have the same meaning. (Name)');
    expect(twice.text).toMatch(/name="overwrites"[^>]*checked/);
    const wrong = await owner.post(`${place}/check`, { 'column-0': 'constructor' });
    expect(wrong.text).toContain('There is no such field.');
    await owner.post(`${place}/check`, { 'column-0': 'name', 'column-1': 'external' });
    await desk.drain();
    expect((await owner.get(place)).text).toContain('Write 1 row');
    expect((await owner.get(`${place}?step=columns`)).text).toContain('What the columns mean');
    await owner.post(`${place}/run`);
    const late = await owner.post(`${place}/check`, { 'column-0': 'email' });
    expect(late.text).toContain('cannot be changed any more');
  });

  it('are refused with words when they are none', async () => {
    for (const [content, words] of [
      ['', 'no rows below'],
      ['Name,E-mail\n', 'no rows below'],
      ['PK\u0003\u0004', 'workbook'],
      ['Name\n"open', 'Row 2: A quote is opened'],
    ] as const) {
      const answer = await send(content);
      expect([content, answer.status]).toEqual([content, 422]);
      expect(await answer.text()).toContain(words);
    }
    const unnamed = await send('', { name: '' });
    expect(await unnamed.text()).toContain('Choose a file first.');
    expect((await send(people, { subject: 'agents' })).status).toBe(422);
    const large = await send(Buffer.alloc(25 * 1024 * 1024 + 1, 'x'));
    expect([large.status, await large.text()]).toEqual([422, expect.stringContaining('larger than 25 MB')]);
  });

  it('print what stands in a file as text, whatever it is', async () => {
    const place = await placeOf('"<script>alert(1)</script>",E-mail\n"<img src=x>","<b>no</b>"\n', {
      name: '<i>.csv',
    });
    const columns = await owner.get(place);
    expect(columns.text).not.toMatch(/<script>alert|<img src=x>|<i>\.csv/);
    await owner.post(`${place}/check`, await columnsOf(place));
    await desk.drain();
    const checked = await owner.get(place);
    expect(checked.text).toContain('&lt;b&gt;no&lt;/b&gt;');
    expect(checked.text).not.toContain('<b>no</b>');
  });

  it('stop when somebody says so or loses the right, and go on where they stopped', async () => {
    const account = { email: 'helper@helpdesk.example', password: 'correct horse battery' };
    const added = await addAgent(desk.app, { ...account, name: 'Some helper', role: 'administrator', actor });
    if (!added.ok) throw new Error(added.because);
    const helper = await visitAs({ ...desk, owner: account });
    const place = await placeOf(people);
    await helper.post(`${place}/check`, await columnsOf(place));
    await desk.drain();
    await helper.post(`${place}/run`);
    await owner.post(`${place}/stop`);
    await desk.drain();
    expect(await desk.app.db('contacts').select('id')).toEqual([]);
    expect((await owner.get(place)).text).toContain('Stopped: so far');
    await helper.post(`${place}/run`);
    await disableAgent(desk.app, { agentId: added.agent.id, actor });
    await desk.drain();
    expect((await owner.get(place)).text).toContain('may not import any more');
    expect(await desk.app.db('contacts').select('id')).toEqual([]);
    await owner.post(`${place}/run`);
    await desk.drain();
    expect(await desk.app.db('contacts').select('name')).toEqual([{ name: 'Иван Петров' }]);
  });

  it('go out as the list is searched, for those who may, and the log says so', async () => {
    for (const name of ['=Ann', 'Boris'])
      await createContact(desk.app, {
        name,
        identities: [{ kind: 'email', value: `${name.slice(-3)}@client.example` }],
        actor,
      });
    expect((await owner.get('/desk/contacts?q=ann')).text).toContain('/desk/contacts/export.csv?q&#x3D;ann');
    const all = await owner.get('/desk/contacts/export.csv');
    expect(all.headers['content-type']).toContain('text/csv');
    expect(all.headers['cache-control']).toContain('no-store');
    expect(all.text).toMatch(/^\uFEFFHelpdesk ID,External ID,Name,E-mail,/);
    expect(all.text).toContain(",'=Ann,Ann@client.example,");
    expect((await owner.get('/desk/contacts/export.csv?q=boris')).text.trimEnd().split('\r\n')).toHaveLength(
      2,
    );
    expect((await owner.get('/desk/organizations/export.csv')).text).toContain(
      'Helpdesk ID,Name,Domain,Note',
    );
    const told: { payload: string }[] = await desk.app
      .db('events')
      .where('name', 'contacts.exported')
      .orderBy('id');
    expect(told.map(({ payload }) => JSON.parse(payload) as object)).toEqual([
      { subject: 'contacts', all: true },
      { subject: 'contacts', all: false },
      { subject: 'organizations', all: true },
    ]);
    const supervisor = await visitAs(desk, 'supervisor');
    expect((await supervisor.get('/desk/contacts')).text).not.toMatch(/export\.csv|contacts\/import/);
    for (const path of ['/desk/contacts/export.csv', '/desk/organizations/export.csv', PATH])
      expect((await supervisor.get(path)).status).toBe(403);
    const permissions = ['contacts.export', 'contacts.import'];
    const made = await createRole(desk.app, { name: 'Blind', permissions, actor });
    const blind = await visitAs(desk, made.ok ? made.role.key : '');
    for (const path of ['/desk/contacts/export.csv', '/desk/organizations/export.csv', PATH])
      expect((await blind.get(path)).status).toBe(403);
  });

  it.each(['ru', 'en'])('are shown in %s without missing texts', async (language) => {
    await changeAgent(desk.app, { agentId: owner.agentId, language, actor });
    const place = await placeOf(people);
    const pages = [await owner.get(PATH), await owner.get(place)];
    await owner.post(`${place}/check`, await columnsOf(place));
    pages.push(await owner.get(place));
    await desk.drain();
    pages.push(await owner.get(place));
    await owner.post(`${place}/run`);
    pages.push(await owner.get(place));
    await desk.drain();
    pages.push(
      await owner.get(place),
      await owner.get('/desk/contacts'),
      await owner.get('/desk/organizations'),
    );
    for (const { text, status } of pages) {
      expect(status).toBe(200);
      expect(text).toContain(`<html lang="${language}"`);
      expect(text.slice(text.indexOf('<main'))).not.toMatch(/\b(?:desk|core|ui)\.[a-z]+\.[a-zA-Z.]+/);
    }
  });
});
