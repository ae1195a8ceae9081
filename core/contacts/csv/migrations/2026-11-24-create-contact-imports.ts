import type { Migration } from '../../../database/migrate.js';

export const createContactImports: Migration = {
  name: '2026-11-24-create-contact-imports',
  async up(schema) {
    await schema.createTable('contact_imports', (t) => {
      t.bigIncrements('id');
      // 'contacts' or 'organizations'
      t.text('subject').notNullable();
      t.text('fileName').notNullable();
      // The file, packed; null once it was forgotten.
      t.text('sha256');
      t.text('encoding').notNullable();
      t.text('separator').notNullable();
      // JSON: the headers, and what each column means.
      t.text('headers').notNullable();
      t.text('columns').notNullable();
      // Rows below the headers.
      t.integer('rows').notNullable();
      // 1: stored values are replaced; 0: only empty ones are filled.
      t.integer('overwrites').notNullable().defaultTo(0);
      // mapping, checking, checked, running, stopped, failed, done
      t.text('state').notNullable();
      // Counts the starts: a pass that was overtaken writes nothing more.
      t.integer('pass').notNullable().defaultTo(0);
      // The last row that the present pass is done with.
      t.integer('line').notNullable().defaultTo(0);
      // JSON: how many rows are new, changed, same, refused.
      t.text('checked').notNullable();
      t.text('written').notNullable();
      // Why it stopped or failed, as a text key.
      t.text('because');
      // Whose rights it has; null: the command line.
      t.bigInteger('agentId');
      t.timestamp('createdAt').notNullable();
      t.timestamp('checkedAt');
      t.timestamp('startedAt');
      t.timestamp('endedAt');
    });
    await schema.createTable('contact_import_problems', (t) => {
      t.bigIncrements('id');
      t.bigInteger('importId').notNullable().references('id').inTable('contact_imports').onDelete('CASCADE');
      t.integer('line').notNullable();
      t.text('field').notNullable();
      t.text('problem').notNullable();
      t.text('value').notNullable();
      t.index(['importId', 'line', 'id']);
    });
    await schema.alterTable('organizations', (t) => {
      t.index(['domain']);
    });
  },
};
