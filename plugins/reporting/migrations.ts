import type { Migration } from '@helpdesk/core';

export const createReporting: Migration = {
  name: '2026-11-24-create-reporting',
  async up(schema, { knex }) {
    // One row a ticket, folded from the event log; see facts/ticket-fact.ts.
    await schema.createTable('reporting_tickets', (t) => {
      t.bigInteger('ticketId').primary();
      t.text('channel').notNullable();
      t.bigInteger('lastEventId').notNullable();
      t.timestamp('openedAt').notNullable();
      t.timestamp('waitingFrom');
      t.timestamp('firstRepliedAt');
      t.timestamp('lastRepliedAt');
      t.bigInteger('firstReplySeconds');
      t.bigInteger('firstRepliedBy');
      t.integer('nextReplies').notNullable();
      t.bigInteger('nextReplySeconds').notNullable();
      t.integer('received').notNullable();
      t.integer('replies').notNullable();
      t.integer('notes').notNullable();
      t.integer('teamHops').notNullable();
      t.integer('agentHops').notNullable();
      t.integer('reopenings').notNullable();
      t.timestamp('solvedAt');
      t.bigInteger('solutionSeconds');
      t.bigInteger('solvedBy');
      t.bigInteger('usSeconds').notNullable();
      t.bigInteger('customerSeconds').notNullable();
      t.bigInteger('otherSeconds').notNullable();
      // The spell it is in.
      t.integer('seq').notNullable();
      t.timestamp('since').notNullable();
      t.text('status').notNullable();
      t.text('category').notNullable();
      t.bigInteger('teamId');
      t.bigInteger('assigneeId');
      t.bigInteger('lineId');
      t.text('type');
      t.integer('priority').notNullable();
      // JSON: what it was before the last reply, which can be taken back.
      t.text('beforeReply');
      // The overview is read from these alone.
      t.index(['openedAt', 'channel']);
      t.index(['firstRepliedAt', 'firstReplySeconds']);
      t.index([
        'solvedAt',
        'category',
        'type',
        'solutionSeconds',
        'usSeconds',
        'customerSeconds',
        'otherSeconds',
      ]);
      t.index(['lastRepliedAt']);
    });
    // A stretch of time in which status, team and owner of a ticket stayed the same.
    await schema.createTable('reporting_spells', (t) => {
      t.bigInteger('ticketId').notNullable();
      t.integer('seq').notNullable();
      t.text('status').notNullable();
      t.text('category').notNullable();
      t.bigInteger('teamId');
      t.bigInteger('assigneeId');
      t.timestamp('since').notNullable();
      // Null: it lasts.
      t.timestamp('until');
      t.primary(['ticketId', 'seq']);
      // The backlog of a day is counted from these alone.
      t.index(['since', 'category']);
      t.index(['until', 'category']);
    });
    // One row, held by whoever writes facts: the follower and a rebuild never write at once.
    await schema.createTable('reporting_builds', (t) => {
      t.integer('id').primary();
      t.timestamp('rebuiltAt');
    });
    await knex('reporting_builds').insert({ id: 1, rebuiltAt: null });
  },
};
