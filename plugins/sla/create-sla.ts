import type { Migration } from '@helpdesk/core';

export const createSla: Migration = {
  name: '2026-11-24-create-sla',
  async up(schema) {
    // Every change keeps all rules whole: which were in force at some moment is a matter of looking.
    await schema.createTable('sla_rule_sets', (t) => {
      t.bigIncrements('id');
      t.timestamp('at').notNullable();
      // 'now', or 'beginning': as if they had always been.
      t.text('applies').notNullable();
      // JSON: policies in their order, calendars.
      t.text('rules').notNullable();
      t.bigInteger('savedBy');
    });
    await schema.createTable('sla_pauses', (t) => {
      t.bigIncrements('id');
      t.bigInteger('ticketId').notNullable().references('id').inTable('tickets').index();
      t.text('reason').notNullable();
    });
    // Derived from the log, and thrown away when it is derived anew.
    await schema.createTable('sla_clocks', (t) => {
      t.bigInteger('ticketId').notNullable().references('id').inTable('tickets');
      // 'first', 'next' or 'solve'
      t.text('kind').notNullable();
      t.integer('n').notNullable();
      t.text('state').notNullable();
      t.bigInteger('policyId');
      t.timestamp('startedAt').notNullable();
      t.timestamp('endedAt');
      // In ms of working time.
      t.bigInteger('norm');
      t.bigInteger('used').notNullable();
      t.timestamp('dueAt');
      t.timestamp('warnAt');
      // Where reports count it: kept ones when they ended, others when their time is over, once it is.
      t.timestamp('countsAt').index();
      // To whom it is counted in reports, as the ticket stood when the log was last read.
      t.bigInteger('teamId');
      t.integer('priority').notNullable();
      t.bigInteger('segmentId');
      t.primary(['ticketId', 'kind', 'n']);
      t.index(['state', 'dueAt']);
      t.index(['state', 'warnAt']);
    });
    // Who was told of what, once for each.
    await schema.createTable('sla_notices', (t) => {
      t.bigIncrements('id');
      t.bigInteger('ticketId').notNullable().references('id').inTable('tickets');
      t.text('kind').notNullable();
      t.integer('n').notNullable();
      // 'warning' or 'breach'
      t.text('what').notNullable();
      t.timestamp('at').notNullable();
      // Null: still to be done, also after a crash.
      t.timestamp('doneAt').index();
      t.unique(['ticketId', 'kind', 'n', 'what']);
    });
  },
};
