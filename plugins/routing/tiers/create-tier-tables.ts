import type { Migration } from '@helpdesk/core';

export const createTierTables: Migration = {
  name: '2026-12-01-create-tier-tables',
  async up(schema) {
    await schema.createTable('routing_tiers', (t) => {
      t.bigInteger('teamId').primary().references('id').inTable('teams');
      // 2 or 3; a team without a row is of the first.
      t.integer('tier').notNullable();
    });
    await schema.createTable('routing_handovers', (t) => {
      t.bigIncrements('id');
      t.bigInteger('ticketId').notNullable().references('id').inTable('tickets').index();
      t.bigInteger('fromTeamId');
      t.bigInteger('toTeamId').notNullable();
      t.integer('fromTier').notNullable();
      t.integer('toTier').notNullable();
      // Null when the ticket was moved by a rule.
      t.bigInteger('agentId');
      // Who of the team works on it, or did; null until somebody takes it.
      t.bigInteger('workerId');
      // The card. Null as long as nobody has written it.
      t.text('wanted');
      t.text('tried');
      t.text('promised');
      t.timestamp('promisedAt');
      t.bigInteger('cardBy');
      t.timestamp('createdAt').notNullable();
      // When team, owner and note were seen to.
      t.timestamp('settledAt');
      t.timestamp('endedAt');
      t.bigInteger('endedBy');
    });
    // Where a ticket is worked on now, when that is above its owner; one row a ticket.
    await schema.createTable('routing_work', (t) => {
      t.bigInteger('ticketId').primary().references('id').inTable('tickets');
      t.bigInteger('handoverId').notNullable();
      t.bigInteger('teamId').notNullable();
      t.integer('tier').notNullable();
      t.bigInteger('workerId');
      t.timestamp('since').notNullable();
      t.index(['teamId', 'workerId']);
      t.index(['workerId']);
    });
    await schema.createTable('routing_responsibilities', (t) => {
      // 0 and '' stand for any, so that the key can be unique.
      t.bigInteger('lineId').notNullable();
      t.text('type').notNullable();
      t.integer('tier').notNullable();
      t.bigInteger('teamId').notNullable();
      t.primary(['lineId', 'type', 'tier']);
    });
  },
};
