import type { Migration } from '../../database/migrate.js';

export const createContacts: Migration = {
  name: '2026-11-24-create-contacts',
  async up(schema, { knex, engine }) {
    await schema.createTable('contacts', (t) => {
      t.bigIncrements('id');
      t.text('name').notNullable();
      t.text('language');
      t.text('timeZone');
      t.text('note').notNullable().defaultTo('');
      t.text('preferredChannel');
      t.timestamp('createdAt').notNullable();
      t.timestamp('updatedAt').notNullable();
      t.integer('version').notNullable().defaultTo(1);
      t.index(['name', 'id']);
    });
    await schema.createTable('identities', (t) => {
      t.bigIncrements('id');
      t.bigInteger('contactId').notNullable().references('id').inTable('contacts');
      // 'email', 'phone', or a channel's own kind
      t.text('kind').notNullable();
      t.text('value').notNullable();
      t.text('normalised').notNullable();
      t.text('label');
      // The hat in which it is used: a phone at work belongs to the employee.
      t.bigInteger('membershipId');
      t.timestamp('verifiedAt');
      // Set when mail to it bounced for good.
      t.timestamp('failedAt');
      t.timestamp('createdAt').notNullable();
      t.unique(['kind', 'normalised']);
      t.index(['contactId']);
    });
    await schema.createTable('organizations', (t) => {
      t.bigIncrements('id');
      t.text('name').notNullable();
      // The name without case, as both databases compare it alike.
      t.text('folded').notNullable();
      t.text('domain');
      t.text('note').notNullable().defaultTo('');
      t.timestamp('createdAt').notNullable();
      t.timestamp('updatedAt').notNullable();
      t.integer('version').notNullable().defaultTo(1);
      t.index(['folded', 'id']);
    });
    await schema.createTable('memberships', (t) => {
      t.bigIncrements('id');
      t.bigInteger('contactId').notNullable().references('id').inTable('contacts');
      // Without an organization: the private person.
      t.bigInteger('organizationId').references('id').inTable('organizations');
      t.text('role').notNullable();
      t.text('title');
      t.timestamp('validFrom').notNullable();
      t.timestamp('validTo');
      t.index(['contactId']);
      t.index(['organizationId']);
    });
    await schema.createTable('contact_roles', (t) => {
      t.text('key').primary();
      // Null: a built-in role under its usual name, in the reader's language.
      t.text('name');
      // 1: who has it decides for the organization.
      t.integer('directs').notNullable().defaultTo(0);
      // 1: who has it may read every request of the organization in the portal. 2: and write in it.
      t.integer('seesOrganization').notNullable().defaultTo(0);
      t.timestamp('createdAt').notNullable();
      t.timestamp('archivedAt');
    });
    await schema.createTable('contact_differences', (t) => {
      // Somebody has said that these two are not the same person. The smaller id comes first.
      t.bigInteger('contactId').notNullable();
      t.bigInteger('otherId').notNullable();
      t.bigInteger('saidBy');
      t.timestamp('saidAt').notNullable();
      t.primary(['contactId', 'otherId']);
      t.index(['otherId']);
    });
    await schema.createTable('organization_marks', (t) => {
      t.bigIncrements('id');
      t.bigInteger('organizationId').notNullable().references('id').inTable('organizations');
      // 'complaint', 'reopened', 'urgent', 'byHand', or a plugin's own key
      t.text('reason').notNullable();
      // Whose case it was, and which.
      t.bigInteger('contactId');
      t.bigInteger('ticketId');
      t.text('note').notNullable().defaultTo('');
      t.timestamp('markedAt').notNullable();
      t.timestamp('clearedAt');
      t.bigInteger('clearedBy');
      t.text('clearNote');
      t.index(['organizationId', 'clearedAt']);
      t.index(['ticketId']);
      t.index(['contactId']);
    });
    if (engine === 'sqlite')
      await knex.raw(
        `create virtual table contacts_search using fts5(words, content='', contentless_delete=1,
          tokenize='unicode61 remove_diacritics 0', prefix='2 3')`,
      );
    else
      await knex
        .raw(`create table contacts_search (id bigint primary key, words tsvector not null)`)
        .then(() => knex.raw(`create index contacts_search_words on contacts_search using gin (words)`));
  },
};
