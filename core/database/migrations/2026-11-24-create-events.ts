import type { Migration } from '../migrate.js';

/** The log of events, cursors of its followers, settings, sequences, idempotency keys. */
export const createEvents: Migration = {
  name: '2026-11-24-create-events',
  async up(schema, { knex, engine }) {
    await schema.createTable('events', (t) => {
      t.bigIncrements('id');
      t.text('name').notNullable();
      t.integer('version').notNullable();
      t.timestamp('at').notNullable();
      t.text('actorKind').notNullable();
      t.text('actorId').notNullable();
      t.text('door');
      t.bigInteger('ticketId');
      t.bigInteger('contactId');
      t.text('payload').notNullable();
      t.index(['ticketId', 'id']);
      t.index(['contactId', 'id']);
    });
    for (const statement of appendOnly(engine)) await knex.raw(statement);
    await schema.createTable('settings', (t) => {
      t.text('key').primary();
      t.text('value').notNullable();
      t.integer('secret').notNullable().defaultTo(0);
      t.timestamp('updatedAt').notNullable();
      t.text('updatedBy');
    });
    await schema.createTable('plugins', (t) => {
      t.text('id').primary();
      t.integer('enabled').notNullable();
      t.timestamp('changedAt').notNullable();
      t.text('changedBy');
    });
    await schema.createTable('sequences', (t) => {
      t.text('key').primary();
      t.bigInteger('value').notNullable();
    });
    await schema.createTable('idempotency', (t) => {
      t.text('key').primary();
      t.text('answer').notNullable();
      t.timestamp('at').notNullable().index();
    });
  },
};

/** The log cannot be edited through the app: the database itself refuses. */
function appendOnly(engine: 'sqlite' | 'postgres'): string[] {
  if (engine === 'sqlite')
    return ['update', 'delete'].map(
      (verb) => `create trigger events_no_${verb} before ${verb} on events
        begin select raise(abort, 'the event log is append only'); end`,
    );
  return [
    `create function events_append_only() returns trigger language plpgsql as
      $$ begin raise exception 'the event log is append only'; end $$`,
    `create trigger events_append_only before update or delete on events
      for each row execute function events_append_only()`,
  ];
}
