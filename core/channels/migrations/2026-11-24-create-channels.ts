import type { Migration } from '../../database/migrate.js';

export const createChannels: Migration = {
  name: '2026-11-24-create-channels',
  async up(schema) {
    await schema.createTable('channel_accounts', (t) => {
      t.bigIncrements('id');
      t.text('channel').notNullable();
      t.bigInteger('lineId').notNullable().references('id').inTable('lines');
      t.text('name').notNullable();
      t.text('address').notNullable();
      t.text('config').notNullable().defaultTo('{}');
      // One sealed JSON text.
      t.text('secrets');
      t.integer('enabled').notNullable().defaultTo(1);
      // What the channel last said of itself: JSON.
      t.text('health').notNullable().defaultTo('{}');
      t.timestamp('heartbeatAt');
      t.timestamp('createdAt').notNullable();
      t.timestamp('removedAt');
      t.integer('version').notNullable().defaultTo(1);
      t.index(['channel', 'address']);
    });
    await schema.createTable('intake', (t) => {
      t.bigIncrements('id');
      t.bigInteger('accountId').notNullable().references('id').inTable('channel_accounts');
      t.text('channel').notNullable();
      t.text('externalId').notNullable();
      t.text('sha256').notNullable();
      t.bigInteger('size').notNullable();
      t.text('meta').notNullable().defaultTo('{}');
      t.timestamp('receivedAt').notNullable();
      // The provider's order within the account; null: as they came.
      t.bigInteger('sequence');
      // received, processing, delivered, duplicate, parked, refused
      t.text('state').notNullable();
      t.text('reason');
      t.text('detail');
      t.integer('attempts').notNullable().defaultTo(0);
      t.timestamp('leaseUntil');
      t.integer('fence').notNullable().defaultTo(0);
      t.bigInteger('messageId');
      t.bigInteger('duplicateOf');
      t.timestamp('doneAt');
      t.unique(['accountId', 'externalId']);
      t.index(['state', 'id']);
    });
    await schema.createTable('deliveries', (t) => {
      t.bigIncrements('id');
      t.bigInteger('messageId').notNullable().references('id').inTable('messages');
      t.bigInteger('ticketId').notNullable();
      t.bigInteger('accountId').notNullable();
      t.text('recipient').notNullable();
      // held, queued, leased, sending, sent, retry, failed, uncertain, cancelled
      t.text('state').notNullable();
      t.timestamp('dueAt');
      t.timestamp('leaseUntil');
      t.integer('fence').notNullable().defaultTo(0);
      t.integer('attempts').notNullable().defaultTo(0);
      // Tries that ended without an answer after the data had gone out.
      t.integer('unanswered').notNullable().defaultTo(0);
      t.text('reason');
      t.integer('code');
      // The provider's id of what was sent.
      t.text('externalId');
      t.timestamp('createdAt').notNullable();
      t.timestamp('sentAt');
      // Receipts, where the channel has them.
      t.timestamp('deliveredAt');
      t.timestamp('seenAt');
      t.index(['state', 'dueAt']);
      t.index(['messageId']);
      t.index(['ticketId', 'recipient', 'id']);
      t.index(['externalId']);
    });
  },
};
