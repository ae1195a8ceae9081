import { change, createContact, definePlugin, mergeContacts, unmergeContacts } from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desk } from '../../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;

const orders = definePlugin(import.meta, {
  migrations: [
    {
      name: '2026-12-01-create-orders',
      async up(schema) {
        await schema.createTable('orders_list', (table) => {
          table.bigIncrements('id');
          table.bigInteger('contactId').notNullable();
        });
        await schema.createTable('orders_moves', (table) => {
          table.bigInteger('mergeId').notNullable();
          table.bigInteger('orderId').notNullable();
          table.primary(['mergeId', 'orderId']);
        });
      },
    },
  ],
  register({ app, follow }) {
    follow(
      {
        'contact.merged': ({ contactId, goneId, mergeId }) =>
          change(app, async ({ trx }) => {
            const moved = await trx('orders_list')
              .where({ contactId: goneId })
              .update({ contactId })
              .returning<{ id: number }[]>('id');
            if (moved.length > 0)
              await trx('orders_moves').insert(moved.map(({ id }) => ({ mergeId, orderId: id })));
          }),
        'contact.unmerged': ({ contactId, goneId, mergeId }) =>
          change(app, async ({ trx }) => {
            const moved = trx('orders_moves').where({ mergeId }).select('orderId');
            await trx('orders_list').where({ contactId }).whereIn('id', moved).update({ contactId: goneId });
          }),
      },
      { name: 'merges' },
    );
  },
});

describe.each(testEngines)('a plugin with rows about contacts, on %s', (engine) => {
  let house: TestDesk;
  beforeAll(async () => {
    // Both live in this package, whose manifest names them alike; the one of the test is told apart.
    const plugin = { ...orders({}, { enabled: true }), id: 'orders' };
    house = await startTestDesk({ engine, config: { plugins: [desk(), plugin] } });
    await house.drain();
  }, 60_000);
  afterAll(() => house.close());

  it('moves them with a merge and back with its undo, also through a chain', async () => {
    const { app } = house;
    const create = (name: string) => createContact(app, { name, identities: [], actor });
    const [one, two, three] = [await create('One'), await create('Two'), await create('Three')];
    await change(app, async ({ trx }) =>
      trx('orders_list').insert([one, two, three].map((contactId) => ({ contactId }))),
    );
    const owners = async () => {
      await house.drain();
      const rows: { contactId: number }[] = await app.db('orders_list').orderBy('id').select('contactId');
      return rows.map(({ contactId }) => contactId);
    };
    const first = await mergeContacts(app, { keptId: two, goneId: one, actor });
    expect(await owners()).toEqual([two, two, three]);
    const second = await mergeContacts(app, { keptId: three, goneId: two, actor });
    expect(await owners()).toEqual([three, three, three]);
    await unmergeContacts(app, { ...second, actor });
    expect(await owners()).toEqual([two, two, three]);
    await unmergeContacts(app, { ...first, actor });
    expect(await owners()).toEqual([one, two, three]);
  });
});
