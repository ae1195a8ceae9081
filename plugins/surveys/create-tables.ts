import type { Migration } from '@helpdesk/core';

export const createTables: Migration = {
  name: '2026-11-24-create-surveys',
  async up(schema) {
    await schema.createTable('surveys_surveys', (t) => {
      t.bigIncrements('id');
      t.text('name').notNullable();
      // 'csat', 'nps' or 'ces'; never changed: answers of two scales do not add up.
      t.text('kind').notNullable();
      // 0 or 1: both databases read it back the same.
      t.integer('isOn').notNullable();
      // JSON: words, when, for whom, what follows.
      t.text('definition').notNullable();
      t.integer('version').notNullable();
      t.timestamp('createdAt').notNullable();
      t.timestamp('removedAt');
    });
    await schema.createTable('surveys_invitations', (t) => {
      t.bigIncrements('id');
      t.bigInteger('surveyId').notNullable().references('id').inTable('surveys_surveys');
      t.text('kind').notNullable();
      // A ticket is asked about once, by whichever survey.
      t.bigInteger('ticketId').notNullable().unique().references('id').inTable('tickets');
      t.bigInteger('contactId').notNullable();
      // 'waiting', 'sent', 'cancelled' or 'skipped'
      t.text('state').notNullable();
      t.text('reason');
      t.text('language').notNullable();
      t.timestamp('dueAt').notNullable();
      t.timestamp('sentAt');
      t.timestamp('expiresAt');
      // As it was when the invitation left: reports do not change when people move. All null until then.
      t.bigInteger('lineId');
      t.bigInteger('teamId');
      t.bigInteger('agentId');
      t.text('hat');
      t.bigInteger('segmentId');
      t.text('month');
      t.integer('score');
      t.text('comment').notNullable().defaultTo('');
      // 0 or 1: the customer may be called about it.
      t.integer('mayContact').notNullable().defaultTo(0);
      // How often it was answered or changed.
      t.integer('answers').notNullable().defaultTo(0);
      t.timestamp('answeredAt');
      t.timestamp('alertedAt');
      t.bigInteger('followUpId');
      t.index(['state', 'dueAt']);
      t.index(['contactId', 'sentAt']);
      t.index(['kind', 'sentAt']);
      t.index(['sentAt']);
    });
    await schema.createTable('surveys_optouts', (t) => {
      t.bigInteger('contactId').primary();
      t.timestamp('at').notNullable();
    });
    // What a merge of contacts moved, for its undo.
    await schema.createTable('surveys_moves', (t) => {
      t.bigInteger('mergeId').notNullable();
      t.bigInteger('invitationId').notNullable();
      t.primary(['mergeId', 'invitationId']);
    });
  },
};
