import type { Migration } from '../../database/migrate.js';

export const createTickets: Migration = {
  name: '2026-11-24-create-tickets',
  async up(schema, { knex, engine }) {
    await schema.createTable('statuses', (t) => {
      t.text('key').primary();
      t.text('name').notNullable();
      // One of the fixed categories; code tests the category only.
      t.text('category').notNullable();
      t.integer('position').notNullable();
      t.integer('builtin').notNullable().defaultTo(0);
    });
    await schema.createTable('ticket_types', (t) => {
      t.text('key').primary();
      t.text('name').notNullable();
      t.integer('position').notNullable();
    });
    await schema.createTable('tickets', (t) => {
      t.bigIncrements('id');
      t.bigInteger('number').notNullable().unique();
      t.text('subject').notNullable();
      t.text('status').notNullable();
      t.text('category').notNullable();
      // Where it is listed: 'open', 'snoozed' or 'done'. Follows category and snooze.
      t.text('bucket').notNullable();
      t.integer('priority').notNullable().defaultTo(2);
      t.text('type');
      t.text('channel').notNullable();
      t.bigInteger('accountId');
      t.bigInteger('lineId').references('id').inTable('lines');
      t.bigInteger('teamId');
      t.bigInteger('assigneeId');
      t.bigInteger('contactId').notNullable().references('id').inTable('contacts');
      t.bigInteger('membershipId');
      // A text key that says why it is this hat, and the values in that text as JSON.
      t.text('membershipReason');
      t.text('membershipValues');
      t.timestamp('openedAt').notNullable();
      t.timestamp('updatedAt').notNullable();
      t.timestamp('firstRepliedAt');
      t.timestamp('solvedAt');
      t.timestamp('closedAt');
      // Since when the customer has been waiting for us; null while it is not our move.
      t.timestamp('waitingSince');
      t.timestamp('dueAt');
      // The work plan: dueAt, else waitingSince, else the end of time.
      t.timestamp('attentionAt').notNullable();
      // Since when it waits for somebody to say who wrote: strong signs name different contacts.
      t.timestamp('undecidedSince');
      t.timestamp('snoozedUntil');
      t.integer('staysSnoozed').notNullable().defaultTo(0);
      t.timestamp('lastMessageAt').notNullable();
      t.text('snippet').notNullable().defaultTo('');
      t.integer('messageCount').notNullable().defaultTo(0);
      t.integer('version').notNullable().defaultTo(1);
      t.index(['bucket', 'attentionAt', 'id']);
      t.index(['bucket', 'lastMessageAt', 'id']);
      t.index(['bucket', 'priority', 'id']);
      t.index(['assigneeId', 'bucket', 'attentionAt', 'id']);
      t.index(['lineId', 'bucket', 'attentionAt', 'id']);
      t.index(['teamId', 'bucket', 'attentionAt', 'id']);
      t.index(['contactId', 'lastMessageAt', 'id']);
      t.index(['membershipId', 'lastMessageAt', 'id']);
      t.index(['undecidedSince']);
      t.index(['category', 'solvedAt']);
      t.index(['snoozedUntil']);
    });
    await schema.createTable('ticket_counts', (t) => {
      t.text('bucket').notNullable();
      // 0 stands for none, so that the key can be unique.
      t.bigInteger('lineId').notNullable();
      t.bigInteger('teamId').notNullable();
      t.bigInteger('assigneeId').notNullable();
      t.text('category').notNullable();
      t.bigInteger('n').notNullable();
      t.primary(['bucket', 'lineId', 'teamId', 'assigneeId', 'category']);
    });
    await schema.createTable('messages', (t) => {
      t.bigIncrements('id');
      t.bigInteger('ticketId').notNullable().references('id').inTable('tickets');
      // 'incoming', 'outgoing' or 'note'
      t.text('kind').notNullable();
      t.bigInteger('contactId');
      t.bigInteger('agentId');
      t.text('channel').notNullable();
      t.bigInteger('accountId');
      t.timestamp('createdAt').notNullable();
      t.timestamp('writtenAt');
      t.text('subject');
      // Without quote and signature where they could be told apart; the whole is in `quote` behind it.
      t.text('text').notNullable();
      t.text('quote').notNullable().defaultTo('');
      t.text('html');
      t.integer('htmlVersion');
      t.text('participants').notNullable().defaultTo('{}');
      t.text('externalId');
      t.text('fingerprint');
      t.bigInteger('intakeId');
      // 'auto', 'bounce' or null
      t.text('auto');
      // Why it is to be read with care: a JSON list of keys.
      t.text('flags').notNullable().defaultTo('[]');
      // What must not change between two tries to send.
      t.text('frozen');
      // A reply that was taken back before it left.
      t.timestamp('cancelledAt');
      t.unique(['accountId', 'fingerprint']);
      t.index(['ticketId', 'id']);
      t.index(['externalId']);
    });
    await schema.createTable('message_edits', (t) => {
      // What a message said before its writer changed it or took it back, and how a customer reacted to it.
      t.bigIncrements('id');
      t.bigInteger('messageId').notNullable().references('id').inTable('messages').index();
      t.bigInteger('intakeId');
      // 'edited', 'deleted' or 'reacted'
      t.text('kind').notNullable();
      t.text('text').notNullable();
      t.timestamp('at').notNullable();
    });
    await schema.createTable('mentions', (t) => {
      t.bigInteger('agentId').notNullable();
      t.bigInteger('messageId').notNullable();
      t.bigInteger('ticketId').notNullable();
      t.timestamp('at').notNullable();
      t.timestamp('seenAt');
      t.primary(['agentId', 'messageId']);
    });
    await schema.createTable('match_evidence', (t) => {
      t.bigIncrements('id');
      t.bigInteger('messageId').notNullable().index();
      t.bigInteger('candidateContactId');
      t.bigInteger('candidateTicketId');
      t.text('kind').notNullable();
      t.text('strength').notNullable();
      t.text('detail');
      // What the desk made of it: 'taken', 'maybe', 'conflict', 'refused', 'new', 'ruledOut'.
      t.text('decision').notNullable();
      t.text('plugin').notNullable();
      // What somebody said to a 'maybe' or a 'conflict': 'yes', 'no'; null while it is open.
      t.text('answer');
      t.bigInteger('answeredBy');
      t.timestamp('answeredAt');
    });
    await schema.createTable('attachments', (t) => {
      t.bigIncrements('id');
      // What stands in addresses; ids are never guessed from it.
      t.text('key').notNullable().unique();
      t.bigInteger('messageId').references('id').inTable('messages').index();
      t.bigInteger('uploadedBy');
      t.text('sha256').notNullable().index();
      t.text('filename').notNullable();
      t.text('contentType').notNullable();
      t.bigInteger('size').notNullable();
      t.text('contentId');
      t.integer('inline').notNullable().defaultTo(0);
      t.timestamp('createdAt').notNullable();
    });
    await schema.createTable('tags', (t) => {
      t.bigIncrements('id');
      t.text('name').notNullable();
      t.text('normalised').notNullable().unique();
    });
    await schema.createTable('ticket_tags', (t) => {
      t.bigInteger('ticketId').notNullable().references('id').inTable('tickets');
      t.bigInteger('tagId').notNullable().references('id').inTable('tags');
      t.primary(['ticketId', 'tagId']);
      t.index(['tagId', 'ticketId']);
    });
    await schema.createTable('ticket_links', (t) => {
      t.bigIncrements('id');
      t.bigInteger('fromTicketId').notNullable();
      t.bigInteger('toTicketId').notNullable();
      // 'follow-up', 'related'
      t.text('kind').notNullable();
      t.timestamp('createdAt').notNullable();
      t.unique(['fromTicketId', 'toTicketId', 'kind']);
      t.index(['toTicketId']);
    });
    await schema.createTable('ticket_reads', (t) => {
      t.bigInteger('agentId').notNullable();
      t.bigInteger('ticketId').notNullable();
      t.bigInteger('messageId').notNullable();
      t.timestamp('at').notNullable();
      t.primary(['agentId', 'ticketId']);
    });
    await schema.createTable('drafts', (t) => {
      t.bigInteger('agentId').notNullable();
      t.bigInteger('ticketId').notNullable();
      // 'reply' or 'note'
      t.text('mode').notNullable();
      t.text('text').notNullable();
      t.text('participants').notNullable().defaultTo('{}');
      // Keys of attachments that belong to no message yet.
      t.text('uploads').notNullable().defaultTo('[]');
      t.timestamp('updatedAt').notNullable();
      t.integer('version').notNullable().defaultTo(1);
      t.primary(['agentId', 'ticketId', 'mode']);
      t.index(['ticketId', 'updatedAt']);
      t.index(['updatedAt']);
    });
    await schema.createTable('saved_views', (t) => {
      t.bigIncrements('id');
      // Null: shared by everybody.
      t.bigInteger('agentId');
      t.text('name').notNullable();
      t.text('query').notNullable();
      t.timestamp('createdAt').notNullable();
      t.index(['agentId']);
    });
    await schema.createTable('saved_replies', (t) => {
      t.bigIncrements('id');
      t.text('title').notNullable();
      t.text('text').notNullable();
      t.bigInteger('createdBy');
      t.timestamp('createdAt').notNullable();
      t.timestamp('updatedAt').notNullable();
      t.integer('version').notNullable().defaultTo(1);
    });
    if (engine === 'sqlite') {
      await knex.raw(
        `create virtual table messages_search using fts5(words, content='', contentless_delete=1, detail=none,
          tokenize='unicode61 remove_diacritics 0', prefix='2 3')`,
      );
    } else {
      await knex.raw(`create table messages_search (id bigint primary key, words tsvector not null)`);
      await knex.raw(`create index messages_search_words on messages_search using gin (words)`);
    }
  },
};
