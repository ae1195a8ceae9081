import type { Migration } from '@helpdesk/core';

export const createTables: Migration = {
  name: '2026-11-24-create-web-chat',
  async up(schema) {
    await schema.createTable('web_chat_visitors', (t) => {
      t.bigIncrements('id');
      t.bigInteger('accountId').notNullable().references('id').inTable('channel_accounts');
      // Random, made by the browser; the desk knows the visitor by it. Over all accounts, as identities are.
      t.text('visitor').notNullable().unique();
      t.text('tokenHash').notNullable();
      t.text('name').notNullable();
      // What the visitor says of himself: a claim.
      t.text('email');
      // What the site says of him, with its signature: an address.
      t.text('provenEmail');
      t.text('language');
      // The page on which he wrote last.
      t.text('page');
      t.bigInteger('lastLine').notNullable().defaultTo(0);
      t.timestamp('createdAt').notNullable();
      // When his page last asked for news.
      t.timestamp('seenAt').notNullable();
      // When his conversation was put away, because he had not come for so long: his token opens nothing any more.
      t.timestamp('endedAt');
      t.index(['accountId', 'endedAt', 'seenAt']);
    });
    await schema.createTable('web_chat_lines', (t) => {
      t.bigIncrements('id');
      t.bigInteger('visitorId').notNullable().references('id').inTable('web_chat_visitors');
      // Numbered within the visitor without gaps, in the order of commits: a page goes on from the last one it has.
      t.bigInteger('number').notNullable();
      // 'in' is the visitor's, 'out' the team's.
      t.text('kind').notNullable();
      // The browser's own id of a message of the visitor.
      t.text('clientId');
      t.bigInteger('messageId').unique();
      t.bigInteger('ticketId');
      t.text('author');
      t.text('text').notNullable();
      t.text('buttons').notNullable().defaultTo('[]');
      // Name, type, size and SHA-256 of each, as JSON.
      t.text('files').notNullable().defaultTo('[]');
      t.timestamp('at').notNullable();
      t.timestamp('fetchedAt');
      t.timestamp('seenAt');
      // When it also went by mail, because nobody had seen it.
      t.timestamp('mailedAt');
      t.unique(['visitorId', 'number']);
      t.unique(['visitorId', 'clientId']);
      t.index(['kind', 'seenAt', 'mailedAt', 'at']);
    });
  },
};
