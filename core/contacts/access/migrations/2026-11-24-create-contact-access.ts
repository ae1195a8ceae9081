import type { Migration } from '../../../database/migrate.js';

/** How customers come in: sessions, links by mail, passwords. */
export const createContactAccess: Migration = {
  name: '2026-11-24-create-contact-access',
  async up(schema) {
    await schema.createTable('contact_sessions', (t) => {
      t.bigIncrements('id');
      t.text('hash').notNullable().unique();
      t.bigInteger('contactId').notNullable();
      // The proven address that it began with; null for an agent who only looks.
      t.bigInteger('identityId');
      // The agent who looks as this contact.
      t.bigInteger('viewedBy');
      t.timestamp('createdAt').notNullable();
      t.timestamp('lastSeenAt').notNullable();
      t.timestamp('expiresAt').notNullable();
      t.text('ip').notNullable();
      t.text('device').notNullable();
      t.index(['contactId', 'lastSeenAt']);
      t.index(['expiresAt']);
    });
    await schema.createTable('contact_links', (t) => {
      t.text('hash').primary();
      // 'sign-in' or 'confirm'
      t.text('purpose').notNullable();
      // Whose profile a confirmed address is for.
      t.bigInteger('contactId');
      t.text('kind').notNullable();
      // As it is compared.
      t.text('address').notNullable();
      // Where to go afterwards: a path of this site.
      t.text('next');
      t.timestamp('createdAt').notNullable();
      t.timestamp('expiresAt').notNullable();
      t.timestamp('usedAt');
      t.index(['expiresAt']);
    });
    await schema.createTable('contact_passwords', (t) => {
      t.bigInteger('contactId').primary();
      t.text('hash').notNullable();
      t.timestamp('setAt').notNullable();
    });
  },
};
