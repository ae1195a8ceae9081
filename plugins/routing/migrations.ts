import type { Migration } from '@helpdesk/core';

export const createRouting: Migration = {
  name: '2026-11-24-create-routing',
  async up(schema, { knex }) {
    await schema.createTable('routing_segments', (t) => {
      t.bigIncrements('id');
      // One to four characters, for the square in lists.
      t.text('mark').notNullable();
      t.text('name').notNullable();
      t.integer('position').notNullable();
      t.bigInteger('teamId');
      t.bigInteger('managerId');
      // JSON: about whom, and the conditions; null: nobody comes in by rule.
      t.text('rule');
      t.integer('version').notNullable().defaultTo(1);
      t.timestamp('archivedAt');
    });
    // A start; the company renames and adds as it likes.
    await knex('routing_segments').insert(
      ['VIP', 'A', 'B', 'C', 'D'].map((mark, i) => ({ mark, name: mark, position: i + 1 })),
    );
    await schema.createTable('routing_members', (t) => {
      t.bigIncrements('id');
      // Either of the two.
      t.bigInteger('contactId').unique().references('id').inTable('contacts');
      t.bigInteger('organizationId').unique().references('id').inTable('organizations');
      // Null with source 'hand': expressly in none.
      t.bigInteger('segmentId').references('id').inTable('routing_segments');
      // 'rule', 'import' or 'hand'
      t.text('source').notNullable();
      t.timestamp('since').notNullable();
      t.index(['segmentId', 'id']);
    });
    // Who was in which segment from when to when, for reports. What is said first holds from the beginning of time: a
    // customer is put into a segment after his first ticket has come.
    await schema.createTable('routing_member_times', (t) => {
      t.bigIncrements('id');
      t.bigInteger('contactId');
      t.bigInteger('organizationId');
      t.bigInteger('segmentId');
      // 1: by hand in none, so that the organization's does not count either.
      t.integer('isNone').notNullable();
      t.timestamp('since').notNullable();
      // Null: it lasts.
      t.timestamp('until');
      t.index(['contactId', 'since']);
      t.index(['organizationId', 'since']);
    });
    // What a merge of contacts moved, for its undo: both rows as they were, JSON.
    await schema.createTable('routing_merges', (t) => {
      t.bigInteger('mergeId').primary();
      t.text('gone').notNullable();
      t.text('kept');
    });
    await schema.createTable('routing_rules', (t) => {
      t.bigIncrements('id');
      t.integer('position').notNullable();
      // 0 or 1: both databases read it back the same.
      t.integer('isOn').notNullable();
      t.integer('version').notNullable();
      t.timestamp('createdAt').notNullable();
      t.timestamp('removedAt');
    });
    await schema.createTable('routing_rule_versions', (t) => {
      t.bigIncrements('id');
      t.bigInteger('ruleId').notNullable().references('id').inTable('routing_rules');
      t.integer('version').notNullable();
      // JSON: triggers, conditions, actions.
      t.text('definition').notNullable();
      t.timestamp('savedAt').notNullable();
      t.bigInteger('savedBy');
      t.unique(['ruleId', 'version']);
    });
    // One row, raised by each change of rules: what a process knows of them is true until then.
    await schema.createTable('routing_revisions', (t) => {
      t.text('of').primary();
      t.integer('revision').notNullable();
    });
    await knex('routing_revisions').insert({ of: 'rules', revision: 0 });
    await schema.createTable('routing_traces', (t) => {
      t.bigIncrements('id');
      t.bigInteger('ticketId').notNullable().references('id').inTable('tickets');
      t.bigInteger('ruleId').notNullable().references('id').inTable('routing_rules');
      t.integer('version').notNullable();
      // What it ran for: an event, or one period of a timer. A rule runs once for it.
      t.text('occasion').notNullable();
      t.text('trigger').notNullable();
      t.timestamp('at').notNullable();
      // 'started', 'done' or 'cut'
      t.text('outcome').notNullable();
      // JSON: each condition with the value seen, each action with what came of it.
      t.text('detail').notNullable();
      t.unique(['ruleId', 'ticketId', 'occasion']);
      t.index(['ticketId', 'id']);
      t.index(['outcome', 'at']);
    });
    // Who was told that what he wrote has arrived: once for a ticket.
    await schema.createTable('routing_acknowledgements', (t) => {
      t.bigInteger('ticketId').primary().references('id').inTable('tickets');
      // To which address of the contact.
      t.bigInteger('identityId').notNullable();
      t.timestamp('at').notNullable().index();
      // Of the run that did it, which goes on after a crash.
      t.text('key').notNullable();
      t.index(['identityId', 'at']);
    });
    // Which rules did not hold: one row for all that were asked together. The newest of each trigger.
    await schema.createTable('routing_misses', (t) => {
      t.bigIncrements('id');
      t.bigInteger('ticketId').notNullable().references('id').inTable('tickets');
      t.text('trigger').notNullable();
      t.text('occasion').notNullable();
      t.timestamp('at').notNullable().index();
      // JSON: the facts that were seen, and by rule which of its conditions held.
      t.text('detail').notNullable();
      t.unique(['ticketId', 'trigger']);
    });
    await schema.createTable('routing_clocks', (t) => {
      t.bigInteger('ticketId').primary().references('id').inTable('tickets');
      // When a person last did something with it.
      t.timestamp('touchedAt').notNullable().index();
      // Since when it waits for the customer or somebody else; null while it is our move.
      t.timestamp('waitingFrom').index();
    });
  },
};
