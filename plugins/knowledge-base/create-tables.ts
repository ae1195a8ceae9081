import type { Migration } from '@helpdesk/core';

export const createTables: Migration = {
  name: '2026-11-24-create-knowledge-base',
  async up(schema, { knex, engine }) {
    await schema.createTable('kb_categories', (t) => {
      t.bigIncrements('id');
      // Two levels: a category that has a parent is nobody's parent.
      t.bigInteger('parentId').references('id').inTable('kb_categories');
      t.text('nameRu').notNullable();
      t.text('nameEn').notNullable();
      t.text('slug').notNullable();
      t.integer('position').notNullable();
      t.integer('version').notNullable();
    });
    await schema.createTable('kb_articles', (t) => {
      t.bigIncrements('id');
      t.bigInteger('categoryId').notNullable().references('id').inTable('kb_categories');
      // 'public', 'visitors' (who signed in), 'segment:<id>' or 'agents'
      t.text('visibility').notNullable();
      // Of category and visibility, which the texts in all languages share.
      t.integer('version').notNullable().defaultTo(1);
      // Among the articles of its category; null: after those that have one, by title.
      t.integer('position');
      // Of the original; texts in other languages are its translations.
      t.text('language').notNullable();
      t.bigInteger('authorId').notNullable();
      t.timestamp('createdAt').notNullable();
      t.timestamp('archivedAt');
      t.index(['categoryId']);
    });
    await schema.createTable('kb_texts', (t) => {
      t.bigIncrements('id');
      t.bigInteger('articleId').notNullable().references('id').inTable('kb_articles');
      t.text('language').notNullable();
      t.text('slug').notNullable();
      // The draft. What readers see is the published version.
      t.text('title').notNullable();
      t.text('summary').notNullable();
      t.text('body').notNullable();
      // The version of the original from which the draft was translated.
      t.integer('madeFrom');
      // 0 or 1: the draft differs from what is published, or nothing is.
      t.integer('isChanged').notNullable();
      // Grows with each change; who saves says which one he has seen.
      t.integer('version').notNullable();
      t.bigInteger('editedBy').notNullable();
      t.timestamp('editedAt').notNullable();
      t.bigInteger('publishedId');
      t.integer('publishedNumber');
      t.integer('publishedMadeFrom');
      t.timestamp('publishedAt');
      t.unique(['articleId', 'language']);
      t.index(['language', 'publishedAt']);
    });
    await schema.createTable('kb_versions', (t) => {
      t.bigIncrements('id');
      t.bigInteger('textId').notNullable().references('id').inTable('kb_texts');
      t.integer('number').notNullable();
      t.text('title').notNullable();
      t.text('summary').notNullable();
      t.text('body').notNullable();
      t.integer('madeFrom');
      t.text('note').notNullable();
      t.bigInteger('authorId').notNullable();
      t.timestamp('at').notNullable();
      t.unique(['textId', 'number']);
    });
    // Every address that an article or a category has or had: old ones lead on.
    await schema.createTable('kb_addresses', (t) => {
      // 'category' or 'article'
      t.text('kind').notNullable();
      t.text('slug').notNullable();
      t.bigInteger('targetId').notNullable();
      t.primary(['kind', 'slug']);
    });
    await schema.createTable('kb_images', (t) => {
      t.text('sha256').primary();
      t.text('contentType').notNullable();
      t.integer('size').notNullable();
      t.bigInteger('uploadedBy').notNullable();
      t.timestamp('createdAt').notNullable();
    });
    // Which published texts show an image: who may read one of them may see it.
    await schema.createTable('kb_image_uses', (t) => {
      t.text('sha256').notNullable();
      t.bigInteger('textId').notNullable();
      t.primary(['sha256', 'textId']);
      t.index(['textId']);
    });
    await createTraces(schema);
    await createSearch(knex, engine);
  },
};

type Schema = Parameters<Migration['up']>[0];
type Tools = Parameters<Migration['up']>[1];

/** What readers leave. */
async function createTraces(schema: Schema): Promise<void> {
  await schema.createTable('kb_feedback', (t) => {
    t.bigIncrements('id');
    t.bigInteger('articleId').notNullable();
    t.bigInteger('textId').notNullable();
    t.integer('number').notNullable();
    // A contact, or the hashed mark of a browser.
    t.text('reader').notNullable();
    t.integer('isHelpful').notNullable();
    t.text('comment').notNullable();
    t.timestamp('at').notNullable();
    t.unique(['textId', 'number', 'reader']);
    t.index(['at']);
  });
  await schema.createTable('kb_views', (t) => {
    t.bigInteger('textId').notNullable();
    t.text('day').notNullable();
    t.integer('views').notNullable();
    t.primary(['day', 'textId']);
  });
  await schema.createTable('kb_searches', (t) => {
    t.text('day').notNullable();
    t.text('language').notNullable();
    // Folded.
    t.text('phrase').notNullable();
    t.integer('searches').notNullable();
    // How many articles the last of them found.
    t.integer('results').notNullable();
    t.primary(['day', 'language', 'phrase']);
  });
  // In how many published texts a stem stands: rarer words weigh more. The empty stem counts the texts.
  await schema.createTable('kb_stems', (t) => {
    t.text('stem').primary();
    t.integer('texts').notNullable();
  });
  await schema.createTable('kb_reads', (t) => {
    t.bigIncrements('id');
    // The hashed mark of a browser, and whose it turned out to be.
    t.text('reader').notNullable();
    t.bigInteger('contactId');
    t.bigInteger('articleId').notNullable();
    // 'search' or 'form'
    t.text('via').notNullable();
    t.timestamp('at').notNullable();
    t.timestamp('dueAt').notNullable();
    // 'open', 'avoided', 'followed' by a ticket, or 'unknown': nobody knows whose tickets to look for
    t.text('state').notNullable();
    t.index(['state', 'dueAt']);
    t.index(['reader', 'state']);
    t.index(['at']);
  });
}

/** The words of published texts, folded and stemmed by us on both engines. */
async function createSearch(knex: Tools['knex'], engine: Tools['engine']): Promise<void> {
  if (engine === 'sqlite') {
    await knex.raw(
      `create virtual table kb_search using fts5(title, words, content='', contentless_delete=1,
        tokenize='unicode61 remove_diacritics 0', prefix='2 3')`,
    );
    return;
  }
  await knex.raw(`create table kb_search (id bigint primary key, words tsvector not null)`);
  await knex.raw(`create index kb_search_words on kb_search using gin (words)`);
  await knex.raw(`create index kb_stems_beginning on kb_stems (stem text_pattern_ops)`);
}
