import type { Migration } from '@helpdesk/core';

export const createAssignTables: Migration = {
  name: '2026-12-01-create-assign-tables',
  async up(schema) {
    await schema.createTable('routing_people', (t) => {
      t.bigInteger('agentId').primary().references('id').inTable('agents');
      // Weighted open tickets at most; null: as many as come.
      t.integer('loadLimit');
      // A JSON list of seven lists of [from, to] in minutes, Monday first; [] is at work at any time.
      t.text('shifts').notNullable().defaultTo('[]');
      // Days of the agent's own calendar, 2026-03-12, both inclusive; without an end until somebody says so.
      t.text('awayFrom');
      t.text('awayUntil');
      t.bigInteger('deputyId');
      t.integer('version').notNullable().defaultTo(1);
    });
    await schema.createTable('routing_skills', (t) => {
      t.bigInteger('agentId').notNullable().references('id').inTable('agents');
      // Folded as tags are, so that a ticket's tag can be compared with it.
      t.text('skill').notNullable();
      t.text('name').notNullable();
      t.primary(['agentId', 'skill']);
      t.index(['skill']);
    });
    await schema.createTable('routing_managers', (t) => {
      t.bigIncrements('id');
      // One of the two.
      t.bigInteger('contactId').unique();
      t.bigInteger('organizationId').unique();
      t.bigInteger('agentId').notNullable().index();
      t.timestamp('since').notNullable();
    });
    // One row that every choice raises: whoever holds it chooses, the others wait.
    await schema.createTable('routing_rounds', (t) => {
      t.text('key').primary();
      t.bigInteger('turn').notNullable();
    });
    // When somebody was chosen last, in turns; team 0 stands for everybody.
    await schema.createTable('routing_turns', (t) => {
      t.bigInteger('teamId').notNullable();
      t.bigInteger('agentId').notNullable();
      t.bigInteger('turn').notNullable();
      t.primary(['teamId', 'agentId']);
    });
    // Who was chosen and may not have the ticket yet; it counts as load until then.
    await schema.createTable('routing_choices', (t) => {
      t.bigInteger('ticketId').primary();
      t.bigInteger('agentId').notNullable().index();
      t.bigInteger('teamId').notNullable();
      t.text('strategy').notNullable();
      t.timestamp('chosenAt').notNullable().index();
    });
  },
};
