import type { Migration } from '../../database/migrate.js';

export const createJobs: Migration = {
  name: '2026-11-24-create-jobs',
  async up(schema, { knex }) {
    await schema.createTable('jobs', (t) => {
      t.bigIncrements('id');
      // `<owner>.<verb>`
      t.text('name').notNullable();
      t.text('input').notNullable();
      t.text('uniqueKey');
      // waiting, running, dead
      t.text('state').notNullable();
      t.timestamp('dueAt').notNullable();
      t.timestamp('leaseUntil');
      t.integer('fence').notNullable().defaultTo(0);
      t.integer('attempts').notNullable().defaultTo(0);
      t.text('lastError');
      t.timestamp('createdAt').notNullable();
      t.index(['state', 'dueAt', 'id']);
    });
    // A key replaces what waits; what already runs under the same key is left to finish.
    await knex.raw("create unique index jobs_waiting_key on jobs (unique_key) where state = 'waiting'");
    await schema.createTable('schedules', (t) => {
      t.text('name').primary();
      t.text('pattern').notNullable();
      t.text('timeZone').notNullable();
      t.timestamp('nextAt').notNullable();
      t.timestamp('lastAt');
    });
    await schema.createTable('followers', (t) => {
      t.text('name').primary();
      t.bigInteger('cursor').notNullable();
      t.text('leaseOwner');
      t.timestamp('leaseUntil');
      t.integer('fence').notNullable().defaultTo(0);
    });
    await schema.createTable('follower_letters', (t) => {
      t.bigIncrements('id');
      t.text('follower').notNullable();
      t.bigInteger('eventId').notNullable();
      t.bigInteger('ticketId');
      // retry, dead, or waiting behind one of the same ticket
      t.text('state').notNullable();
      t.integer('attempts').notNullable();
      t.timestamp('dueAt');
      t.text('lastError');
      t.timestamp('createdAt').notNullable();
      t.unique(['follower', 'eventId']);
      t.index(['follower', 'state', 'dueAt']);
      t.index(['follower', 'ticketId', 'eventId']);
      t.index(['state', 'id']);
    });
  },
};
