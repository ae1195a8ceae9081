import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../testing/test-app.js';
import { testEngines } from '../../testing/test-database.js';
import { addContact } from '../actions/add-contact.js';
import { addIdentity } from '../actions/add-identity.js';
import { addMembership } from '../actions/add-membership.js';
import { changeContact } from '../actions/change-contact.js';
import { createContact } from '../actions/create-contact.js';
import { createOrganization } from '../actions/create-organization.js';
import { endMembership } from '../actions/end-membership.js';
import { keepApart } from '../actions/keep-apart.js';
import { mergeContacts } from '../actions/merge-contacts.js';
import { removeIdentity } from '../actions/remove-identity.js';
import { unmergeContacts } from '../actions/unmerge-contacts.js';
import { findContactCard } from '../queries/find-contact-card.js';
import { countDuplicates, listDuplicates } from '../queries/list-duplicates.js';
import { compareWaiting } from './compare-contact.js';
import { findDuplicates } from './find-duplicates.js';

const actor: Actor = { kind: 'agent', id: 7 };

describe.each(testEngines)('who may be one person, on %s', (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await makeTestApp(engine);
  });
  afterEach(() => app.close());

  const create = (name: string, ...values: string[]) =>
    createContact(app, {
      name,
      identities: values.map((value) => ({ kind: value.includes('@') ? 'email' : 'phone', value })),
      actor,
    });
  const found = async (contactId: number) =>
    (await findDuplicates(app.db, contactId)).map(({ contactId: id, strength, reasons }) => [
      id,
      strength,
      ...reasons,
    ]);
  const pairs = async () =>
    (await listDuplicates(app.db)).map(({ contactId, otherId, strength }) => [contactId, otherId, strength]);

  it('surely, by a number or a mailbox in another notation', async () => {
    const ivan = await create('Ivan', 'ivan@firm.example', '+7 912 345-67-89');
    const other = await create('Someone');
    await addIdentity(app, { contactId: other, kind: 'whatsapp', value: '8 (912) 345-67-89', actor });
    const shop = await create('The shop', 'ivan+shop@firm.example');
    expect(await found(ivan)).toEqual([
      [shop, 'strong', 'mailbox'],
      [other, 'strong', 'phone'],
    ]);
    expect(await pairs()).toEqual([
      [ivan, shop, 'strong'],
      [ivan, other, 'strong'],
    ]);
  });

  it('a little later for whoever came by a letter', async () => {
    const ivan = await create('Ivan Petrov', 'ivan@firm.example');
    const later = await change(app, (step) =>
      addContact(app, step, {
        name: 'Ivan Petrov',
        identities: [{ kind: 'email', value: 'ivan+1@firm.example', normalised: 'ivan+1@firm.example' }],
        compareLater: true,
        actor,
      }),
    );
    expect(await pairs()).toEqual([]);
    expect(await compareWaiting(app)).toBe(1);
    expect(await pairs()).toEqual([[ivan, later, 'strong']]);
  });

  it('surely, by one name in one organization or at one company’s domain', async () => {
    const organizationId = await createOrganization(app, { name: 'Firm', actor });
    const [one, two] = [await create('Иван Петров'), await create('Petrov Ivan')];
    for (const contactId of [one, two])
      await addMembership(app, { contactId, organizationId, role: 'employee', actor });
    expect(await found(one)).toEqual([[two, 'strong', 'spelling', 'organization']]);
    const [ann, anna] = [
      await create('Ann Lind', 'a@lind.example'),
      await create('Ann Lind', 'b@lind.example'),
    ];
    expect(await found(anna)).toEqual([[ann, 'strong', 'name', 'domain']]);
  });

  it('perhaps, by the name alone, or by a similar one near by', async () => {
    const [one, two] = [await create('Иван Петров', 'i@mail.ru'), await create('Ivan Petrov', 'p@mail.ru')];
    expect(await found(two)).toEqual([[one, 'weak', 'spelling']]);
    const [short, long] = [await create('Bo', 'b@firm.example'), await create('Anna L.', 'a@firm.example')];
    expect(await found(short)).toEqual([]);
    const full = await create('Anna Lind', 'al@firm.example');
    expect(await found(long)).toEqual([[full, 'weak', 'similar', 'domain']]);
  });

  it('are not those who share a first name, a surname or a domain only', async () => {
    await create('Ivan Petrov', 'ip@firm.example');
    await create('Ivan Sidorov', 'is@firm.example');
    await create('Igor Petrov', 'gp@firm.example');
    await create('info@firm.example', 'info@firm.example');
    await create('Ivan', 'ivan@mail.ru');
    expect(await pairs()).toEqual([]);
  });

  it('follow every change of the card', async () => {
    const organizationId = await createOrganization(app, { name: 'Firm', actor });
    const one = await create('Ann Lind', '+7 912 345-67-89');
    const two = await create('Bo Berg');
    const identityId = await addIdentity(app, { contactId: two, kind: 'viber', value: '9123456789', actor });
    expect(await pairs()).toEqual([[one, two, 'strong']]);
    await removeIdentity(app, { contactId: two, identityId, actor });
    expect(await pairs()).toEqual([]);
    await changeContact(app, { contactId: two, fields: { name: 'Lind Ann' }, actor });
    expect(await pairs()).toEqual([[one, two, 'weak']]);
    const wear = (contactId: number) =>
      addMembership(app, { contactId, organizationId, role: 'employee', actor });
    await wear(one);
    const membershipId = await wear(two);
    expect(await pairs()).toEqual([[one, two, 'strong']]);
    await endMembership(app, { contactId: two, membershipId, actor });
    expect(await pairs()).toEqual([[one, two, 'weak']]);
  });

  it('are not offered again once somebody said that they are two', async () => {
    const [one, two] = [await create('Ann Lind'), await create('Lind, Ann')];
    await keepApart(app, { contactId: two, otherId: one, actor });
    await keepApart(app, { contactId: one, otherId: two, actor });
    expect([await pairs(), await found(one), await found(two)]).toEqual([[], [], []]);
    await changeContact(app, { contactId: two, fields: { name: 'Ann Lind' }, actor });
    expect(await pairs()).toEqual([]);
    const three = await create('Ann Lind');
    expect(await pairs()).toEqual([
      [two, three, 'weak'],
      [one, three, 'weak'],
    ]);
    await expect(keepApart(app, { contactId: one, otherId: 99, actor })).rejects.toMatchObject({
      code: 'CONTACT_UNKNOWN',
    });
  });

  it('are not those who went; the kept one may be another’s', async () => {
    const [one, two, three] = [await create('Ann Lind'), await create('Bo'), await create('Ann Lind')];
    const { mergeId } = await mergeContacts(app, { keptId: two, goneId: one, actor });
    expect(await pairs()).toEqual([]);
    expect(await found(three)).toEqual([]);
    await unmergeContacts(app, { mergeId, actor });
    expect(await pairs()).toEqual([[one, three, 'weak']]);
    await mergeContacts(app, { keptId: two, goneId: one, choices: { name: 'gone' }, actor });
    expect(await pairs()).toEqual([[two, three, 'weak']]);
    await expect(keepApart(app, { contactId: one, otherId: two, actor })).rejects.toMatchObject({
      code: 'CONTACT_MERGED',
    });
  });

  it('find each other when they come at once', async () => {
    await Promise.all(['Ann Lind', 'Lind Ann', 'Анн Линд'].map((name) => create(name)));
    expect(await pairs()).toHaveLength(3);
  });

  it('are listed the surest and newest first, a page at a time', async () => {
    for (let n = 0; n < 4; n++) await create('Ann Lind');
    await create('Bo', 'bo@firm.example');
    await create('Bob', 'bo+x@firm.example');
    const all = await listDuplicates(app.db);
    expect(all).toHaveLength(7);
    expect(all[0]).toMatchObject({ strength: 'strong', name: 'Bo', otherName: 'Bob', reasons: ['mailbox'] });
    const paged = [];
    for (let after = undefined as (typeof all)[number] | undefined; ;) {
      const page = await listDuplicates(app.db, { limit: 2, ...(after ? { after } : {}) });
      paged.push(...page);
      after = page.at(-1);
      if (page.length < 2) break;
    }
    expect(paged).toEqual(all);
    expect([await countDuplicates(app.db), await countDuplicates(app.db, 5)]).toEqual([7, 5]);
  });

  it('are found afterwards among those that were taken in by the thousand', async () => {
    await change(app, async ({ trx, at }) => {
      const rows = Array.from({ length: 120 }, (_, n) => ({
        name: n % 60 === 0 ? 'Ann Lind' : `Person${n} Number${n}`,
        createdAt: at,
        updatedAt: at,
      }));
      const ids = await trx('contacts').insert(rows).returning<{ id: number }[]>('id');
      await trx('uncompared_contacts').insert(ids.map(({ id }) => ({ contactId: id })));
    });
    expect(await pairs()).toEqual([]);
    expect(await compareWaiting(app)).toBe(120);
    expect(await pairs()).toEqual([[1, 61, 'weak']]);
    expect(await compareWaiting(app)).toBe(0);
  });

  it('are read from an index, and no more than 20 of them', async () => {
    for (let n = 0; n < 25; n++) await create('Ann Lind');
    expect(await found(1)).toHaveLength(20);
    if (engine !== 'sqlite') return;
    const asked: string[] = [];
    app.db.on('query', ({ sql }: { sql: string }) => void asked.push(sql));
    await findDuplicates(app.db, 1);
    const plans = await Promise.all(
      asked.map((sql) => app.db.raw<{ detail: string }[]>(`explain query plan ${sql.replaceAll('?', '1')}`)),
    );
    expect(plans.flat().filter(({ detail }) => detail.startsWith('SCAN'))).toEqual([]);
    const { contact } = await findContactCard(app.db, 1);
    expect(contact.name).toBe('Ann Lind');
  });
});
