import type { Migration } from '../../database/migrate.js';

/** Merges of contacts with what it takes to undo them, and what duplicates are found by. */
export const createMerges: Migration = {
  name: '2026-11-24-create-merges',
  async up(schema) {
    await schema.alterTable('contacts', (t) => {
      // Set on the one that went: addresses of old lead to the one that was kept. Without an index: nearly all have none,
      // and a plan that began with it would read them all.
      t.bigInteger('mergedIntoId');
    });
    await schema.alterTable('messages', (t) => void t.index(['contactId']));
    await schema.alterTable('match_evidence', (t) => void t.index(['candidateContactId']));
    await schema.createTable('contact_merges', (t) => {
      t.bigIncrements('id');
      t.bigInteger('keptId').notNullable().references('id').inTable('contacts');
      t.bigInteger('goneId').notNullable().references('id').inTable('contacts');
      t.timestamp('mergedAt').notNullable();
      // Null: not an agent.
      t.bigInteger('mergedBy');
      t.timestamp('undoneAt');
      t.bigInteger('undoneBy');
      // What could not go back: JSON.
      t.text('left');
      t.index(['keptId', 'id']);
      t.index(['goneId', 'id']);
      t.index(['mergedAt']);
    });
    await schema.createTable('contact_merge_rows', (t) => {
      t.bigInteger('mergeId').notNullable().references('id').inTable('contact_merges');
      // A table whose row named the one that went, or 'contact_differences' with the other contact's id.
      t.text('place').notNullable();
      t.bigInteger('rowId').notNullable();
      t.primary(['mergeId', 'place', 'rowId']);
    });
    await schema.createTable('contact_merge_values', (t) => {
      t.bigInteger('mergeId').notNullable().references('id').inTable('contact_merges');
      // 'contacts', 'memberships', 'tickets', or 'folds': a hat (rowId) that went into another one (after).
      t.text('place').notNullable();
      t.bigInteger('rowId').notNullable();
      t.text('field').notNullable();
      t.text('before');
      t.text('after');
      t.primary(['mergeId', 'place', 'rowId', 'field']);
      t.index(['place', 'rowId', 'field']);
    });
    await schema.createTable('contact_keys', (t) => {
      t.bigInteger('contactId').notNullable().references('id').inTable('contacts');
      t.text('key').notNullable();
      t.primary(['contactId', 'key']);
      t.index(['key', 'contactId']);
    });
    await schema.createTable('contact_pairs', (t) => {
      // Two that may be one person. The smaller id comes first.
      t.bigInteger('contactId').notNullable().references('id').inTable('contacts');
      t.bigInteger('otherId').notNullable().references('id').inTable('contacts');
      // 2 strong, 1 weak
      t.integer('strength').notNullable();
      // A JSON list of keys.
      t.text('reasons').notNullable();
      t.primary(['contactId', 'otherId']);
      t.index(['otherId']);
      t.index(['strength', 'otherId', 'contactId']);
    });
    // Contacts that were taken in by the thousand and are compared afterwards.
    await schema.createTable('uncompared_contacts', (t) => {
      t.bigInteger('contactId').primary();
    });
  },
};
