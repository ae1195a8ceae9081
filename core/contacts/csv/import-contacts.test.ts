import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../testing/test-app.js';
import { testEngines } from '../../testing/test-database.js';
import { addMembership } from '../actions/add-membership.js';
import { createContact } from '../actions/create-contact.js';
import { createContactRole } from '../actions/create-contact-role.js';
import { createOrganization } from '../actions/create-organization.js';
import { mergeContacts } from '../actions/merge-contacts.js';
import { findByIdentity } from '../queries/find-by-identity.js';
import { findContactCard } from '../queries/find-contact-card.js';
import { listContacts } from '../queries/list-contacts.js';
import { listOrganizations } from '../queries/list-organizations.js';
import { importBench } from './import-bench.js';
import { listProblems } from './list-problems.js';

const actor: Actor = { kind: 'agent', id: 7 };

describe.each(testEngines)('contacts from a file on %s', (engine) => {
  let testApp: TestApp;
  let bench: ReturnType<typeof importBench>;
  beforeEach(async () => {
    testApp = await makeTestApp(engine);
    bench = importBench(testApp);
  });
  afterEach(() => testApp.close());

  const create = (name: string, ...values: string[]) =>
    createContact(testApp, {
      name,
      identities: values.map((value) => ({ kind: value.includes('@') ? 'email' : 'phone', value })),
      actor,
    });
  const cardOf = async (kind: string, normalised: string) => {
    const found = await findByIdentity(testApp.db, { kind, normalised });
    return findContactCard(testApp.db, found?.contactId ?? 0);
  };
  const hatsOf = async (id: number) =>
    (await findContactCard(testApp.db, id)).hats.map(({ organization, role, title }) => [
      organization,
      role,
      title,
    ]);
  const count = async (table: string) => Number((await testApp.db(table).count({ n: '*' }))[0]?.['n']);
  const events = async () =>
    (await testApp.db('events').orderBy('id').select<{ name: string }[]>('name')).map(({ name }) => name);

  it('are created with addresses, numbers in E.164 and organizations, found and told of', async () => {
    const { checked, written, state, problems } = await bench.take(
      [
        'Имя;E-mail;E-mail 2;Телефон;Организация;Домен;Роль;Должность;Язык;Часовой пояс;Заметка',
        'Иван Петров;Ivan@Client.Example;ip@mail.ru;8 (912) 345-67-89;ООО «Север»;https://www.client.example/about;Руководитель;CEO;русский;Europe/Moscow;"два\nряда"',
        'Анна;anna@client.example;;;ооо «север»;;;;;;',
        ';only@client.example;;;;;;;;;',
      ].join('\r\n'),
    );
    expect(problems).toEqual([]);
    expect({ checked, written, state }).toEqual({
      checked: { new: 3, changed: 0, same: 0, refused: 0 },
      written: { new: 3, changed: 0, same: 0, refused: 0 },
      state: 'done',
    });
    const { contact, identities, hats } = await cardOf('phone', '+79123456789');
    expect(contact).toMatchObject({
      name: 'Иван Петров',
      language: 'ru',
      timeZone: 'Europe/Moscow',
      note: 'два\nряда',
    });
    expect(identities.map(({ kind, normalised }) => `${kind} ${normalised}`).toSorted()).toEqual([
      'email ip@mail.ru',
      'email ivan@client.example',
      'phone +79123456789',
    ]);
    expect(hats).toMatchObject([
      { organization: 'ООО «Север»', role: 'director', title: 'CEO', validTo: null },
    ]);
    expect(await listOrganizations(testApp.db)).toMatchObject([
      { name: 'ООО «Север»', domain: 'client.example' },
    ]);
    expect((await cardOf('email', 'anna@client.example')).hats).toMatchObject([{ role: 'employee' }]);
    expect((await cardOf('email', 'only@client.example')).contact.name).toBe('only@client.example');
    expect((await listContacts(testApp, { query: 'петров' })).map(({ name }) => name)).toEqual([
      'Иван Петров',
    ]);
    expect((await listContacts(testApp, { query: '79123456789' })).map(({ name }) => name)).toEqual([
      'Иван Петров',
    ]);
    expect(await count('uncompared_contacts')).toBe(3);
    expect((await events()).toSorted()).toEqual(
      [
        ...Array<string>(3).fill('contact.created'),
        ...Array<string>(2).fill('membership.added'),
        'contacts.imported',
        'organization.created',
      ].toSorted(),
    );
  });

  it('are left alone by a dry run', async () => {
    await create('Ivan', 'ivan@client.example');
    const before = await events();
    const importId = await bench.begin(
      'Name,E-mail,Organization\nIvan P,ivan@client.example,Acme\nAnn,ann@x.example,Acme\nNo,nobody,\n',
    );
    await bench.map(importId, { overwrites: true });
    const { checked, state, line } = await bench.check(importId);
    expect({ checked, state, line }).toEqual({
      checked: { new: 1, changed: 1, same: 0, refused: 1 },
      state: 'checked',
      line: 4,
    });
    expect(await listProblems(testApp.db, { importId })).toMatchObject([
      { line: 4, field: 'email', problem: 'email', value: 'nobody' },
    ]);
    expect(await events()).toEqual(before);
    expect([await count('contacts'), await count('organizations'), await count('memberships')]).toEqual([
      1, 0, 0,
    ]);
  });

  it('that are there are filled, and replaced only when that is asked for', async () => {
    const id = await create('ivan@client.example', 'ivan@client.example');
    const file = (name: string, title: string, note: string) =>
      `Name,E-mail,Phone,Organization,Position,Note\n${name},ivan@client.example,+44 20 7946 0018,Acme,${title},${note}\n`;
    expect((await bench.take(file('Ivan', 'CTO', 'first'))).written).toMatchObject({ changed: 1 });
    const filled = await findContactCard(testApp.db, id);
    expect(filled.contact).toMatchObject({ name: 'Ivan', note: 'first', version: 2 });
    expect(filled.identities).toHaveLength(2);
    expect(await hatsOf(id)).toEqual([['Acme', 'employee', 'CTO']]);
    const again = await bench.take(file('Ivan', 'CTO', 'first'));
    expect([again.checked, again.written]).toMatchObject([{ same: 1 }, { same: 1 }]);
    expect((await bench.take(file('Ivan Petrov', 'CEO', 'second'))).written).toMatchObject({ same: 1 });
    expect((await findContactCard(testApp.db, id)).contact).toMatchObject({ name: 'Ivan', note: 'first' });
    const over = await bench.take(file('Ivan Petrov', 'CEO', 'second'), { overwrites: true });
    expect(over.written).toMatchObject({ changed: 1 });
    expect((await findContactCard(testApp.db, id)).contact).toMatchObject({
      name: 'Ivan Petrov',
      note: 'second',
    });
    expect(await hatsOf(id)).toEqual([['Acme', 'employee', 'CEO']]);
    const empty = await bench.take('Name,E-mail,Note\n,ivan@client.example,\n', { overwrites: true });
    expect(empty.written).toMatchObject({ same: 1 });
  });

  it('are known again by an id from elsewhere, whatever else changed', async () => {
    await bench.take('Код;Имя;E-mail\nA-17;Ivan;old@client.example\n');
    const { written } = await bench.take('Код;Имя;E-mail\na-17;Ivan;new@client.example\n');
    expect(written).toMatchObject({ changed: 1, new: 0 });
    const { identities } = await cardOf('external', 'a-17');
    expect(identities.map(({ value, label }) => [value, label])).toEqual([
      ['A-17', 'ID'],
      ['old@client.example', null],
      ['new@client.example', null],
    ]);
    const other = await bench.take('Код;Имя;E-mail\nB-1;Ivan;new@client.example\n');
    expect(other.problems).toEqual(['2 external otherExternal']);
    expect((await bench.take('Код\nC-1\n')).problems).toEqual(['2 name noName']);
  });

  it('are refused row by row, each with its column and reason, and the others go on', async () => {
    await create('Ivan Petrov', 'ivan@client.example', '+79120000001');
    await create('Anna', 'anna@client.example');
    await createOrganization(testApp, { name: 'Acme', domain: 'acme.example', actor });
    await createOrganization(testApp, { name: 'Twin', domain: 'a.example', actor });
    await createOrganization(testApp, { name: 'twin', domain: 'b.example', actor });
    const { problems, checked, written } = await bench.take(
      [
        'Name,E-mail,Phone,Language,Time zone,Organization,Domain,Role',
        'Both,ivan@client.example; anna@client.example,,,,,,',
        'Nobody,,,,,,,',
        'Olga,,8 912 000-00-01,,,,,',
        'Pjotr,p@client.example,"7,91235E+10",klingon,Mars/Base,,no domain,king',
        'Org,o@client.example,,,,Acme,a.example,',
        'Twin,t@client.example,,,,TWIN,,',
        'Mail,m@client.example,,,,,gmail.com,',
        'Twice,x@client.example,,,,,,',
        'Twice too,X@Client.Example,,,,,,',
        'More,more@client.example,,,,,,,,"cell"',
        'Good,good@client.example,,,,Twin,b.example,',
        'Petrov,,8 912 000-00-01,,,,,',
      ].join('\n'),
    );
    expect(problems).toEqual([
      '2 email twoContacts',
      '3 email noKey',
      '4 phone otherName',
      '5 phone cutPhone',
      '5 language language',
      '5 timeZone timeZone',
      '5 domain domain',
      '5 role role',
      '6 organization twoOrganizations',
      '7 organization manyOrganizations',
      '8 domain publicDomain',
      '10 email repeated',
      '11  cells',
    ]);
    expect(checked).toEqual({ new: 2, changed: 0, same: 1, refused: 9 });
    expect(written).toEqual(checked);
    expect(await count('contacts')).toBe(4);
  });

  it('wear several hats: of organizations, of the company’s own roles, and the private one', async () => {
    await createContactRole(testApp, { name: 'Бухгалтер', actor });
    const { problems } = await bench.take(
      [
        'Имя;E-mail;Организация;Роль;Должность;Организация 2;Роль 2;Организация 3;Роль 3',
        'Иван;ivan@x.example;Север;директор?;;;;;',
        'Анна;anna@x.example;Север;бухгалтер;Главный;Юг;Decision maker;;Частное лицо',
      ].join('\n'),
    );
    expect(problems).toEqual(['2 role role']);
    const { contact, hats } = await cardOf('email', 'anna@x.example');
    const [own] = await testApp.db('contact_roles').select('key');
    expect(hats.map(({ organization, role, title }) => [organization, role, title])).toEqual([
      ['Север', own?.key, 'Главный'],
      ['Юг', 'decision_maker', null],
      [null, 'private', null],
    ]);
    expect((await bench.take('E-mail;Организация;Роль\nanna@x.example;Юг;\n')).written).toMatchObject({
      same: 1,
    });
    const over = await bench.take('E-mail;Организация;Роль\nanna@x.example;Юг;employee\n', {
      overwrites: true,
    });
    expect(over.written).toMatchObject({ changed: 1 });
    expect(await hatsOf(contact.id)).toContainEqual(['Юг', 'employee', null]);
  });

  it('join the organization that they belong to already, when two have its name', async () => {
    const id = await create('Ivan', 'ivan@client.example');
    await createOrganization(testApp, { name: 'Twin', actor });
    const organizationId = await createOrganization(testApp, { name: 'Twin', actor });
    await addMembership(testApp, { contactId: id, organizationId, role: 'employee', actor });
    const { problems, written } = await bench.take('E-mail,Company\nivan@client.example,TWIN\n');
    expect([problems, written]).toMatchObject([[], { same: 1 }]);
  });

  it('that were merged are the kept one', async () => {
    const [kept, gone] = [
      await create('Ivan', 'ivan@client.example'),
      await create('Ivan', 'ip@client.example'),
    ];
    await mergeContacts(testApp, { keptId: kept, goneId: gone, actor });
    const { written } = await bench.take(
      'Name,E-mail,E-mail 2\nIvan,ivan@client.example,ip@client.example\n',
    );
    expect(written).toMatchObject({ same: 1 });
  });

  it('are not written twice when they change between the dry run and the run', async () => {
    const importId = await bench.begin(
      'Name,E-mail,Phone\nIvan,ivan@client.example,+79120000001\nAnn,ann@client.example,\n',
    );
    await bench.map(importId);
    expect((await bench.check(importId)).checked).toMatchObject({ new: 2 });
    await create('Ivan', 'ivan@client.example');
    await create('Boss', '+79120000001');
    const { written } = await bench.run(importId);
    expect(written).toEqual({ new: 1, changed: 0, same: 0, refused: 1 });
    expect(await listProblems(testApp.db, { importId })).toMatchObject([{ line: 2, problem: 'twoContacts' }]);
  });

  it('come in windows-1251 with semicolons, as Excel in Russian saves', async () => {
    // «Имя;Телефон» and «Жанна;89123456789».
    const bytes = Buffer.concat([
      Buffer.from([0xc8, 0xec, 0xff, 0x3b, 0xd2, 0xe5, 0xeb, 0xe5, 0xf4, 0xee, 0xed, 0x0d, 0x0a]),
      Buffer.from([0xc6, 0xe0, 0xed, 0xed, 0xe0]),
      Buffer.from(';89123456789\r\n'),
    ]);
    const importId = await bench.begin(bytes);
    await bench.map(importId);
    await bench.check(importId);
    expect((await bench.run(importId)).written).toMatchObject({ new: 1 });
    expect((await cardOf('phone', '+79123456789')).contact.name).toBe('Жанна');
  });

  it('are taken in by organizations too, by name and domain', async () => {
    await createOrganization(testApp, { name: 'Acme', actor });
    const file =
      'Название;Домен;Заметка\nacme;acme.example;good\nNew;;\nNew;;\n;site.example;\nMail;mail.ru;\n;;x\n';
    const { written, problems } = await bench.take(file, { subject: 'organizations' });
    expect(written).toEqual({ new: 2, changed: 1, same: 0, refused: 3 });
    expect(problems).toEqual(['4 name repeated', '6 domain publicDomain', '7 name noName']);
    expect(await listOrganizations(testApp.db)).toMatchObject([
      { name: 'Acme', domain: 'acme.example', note: 'good', version: 2 },
      { name: 'New', domain: null },
      { name: 'site.example', domain: 'site.example' },
    ]);
    const again = await bench.take(file.replace('good', 'bad'), {
      subject: 'organizations',
      overwrites: true,
    });
    expect(again.written).toMatchObject({ new: 0, changed: 1, same: 2 });
    expect((await listOrganizations(testApp.db))[0]).toMatchObject({ name: 'acme', note: 'bad' });
  });
});
