import type { Migration } from '../../database/migrate.js';

export const createAgents: Migration = {
  name: '2026-11-24-create-agents',
  async up(schema) {
    await schema.createTable('roles', (t) => {
      t.text('key').primary();
      t.text('name').notNullable();
      t.text('permissions').notNullable();
      t.integer('builtin').notNullable().defaultTo(0);
      t.integer('position').notNullable().defaultTo(0);
    });
    await schema.createTable('lines', (t) => {
      t.bigIncrements('id');
      t.text('name').notNullable();
      // Who writes here: 'organizations', 'people', or null for anybody.
      t.text('audience');
      t.timestamp('createdAt').notNullable();
      t.timestamp('archivedAt');
    });
    await schema.createTable('teams', (t) => {
      t.bigIncrements('id');
      t.text('name').notNullable();
      t.timestamp('createdAt').notNullable();
      t.timestamp('archivedAt');
    });
    await schema.createTable('agents', (t) => {
      t.bigIncrements('id');
      t.text('email').notNullable().unique();
      t.text('name').notNullable();
      t.text('passwordHash');
      t.text('role').notNullable().references('key').inTable('roles');
      t.text('language');
      t.text('timeZone');
      t.text('signature').notNullable().defaultTo('');
      t.text('preferences').notNullable().defaultTo('{}');
      // 'all' or 'lines': an agent may be shown only the tickets of certain lines.
      t.text('sees').notNullable().defaultTo('all');
      t.timestamp('createdAt').notNullable();
      t.timestamp('disabledAt');
      t.timestamp('lastSeenAt');
      t.integer('version').notNullable().defaultTo(1);
    });
    await schema.createTable('agent_teams', (t) => {
      t.bigInteger('agentId').notNullable().references('id').inTable('agents');
      t.bigInteger('teamId').notNullable().references('id').inTable('teams');
      t.primary(['agentId', 'teamId']);
    });
    await schema.createTable('agent_lines', (t) => {
      t.bigInteger('agentId').notNullable().references('id').inTable('agents');
      t.bigInteger('lineId').notNullable().references('id').inTable('lines');
      t.primary(['agentId', 'lineId']);
    });
    await schema.createTable('sessions', (t) => {
      t.bigIncrements('id');
      t.text('hash').notNullable().unique();
      t.bigInteger('agentId').notNullable().index();
      t.timestamp('createdAt').notNullable();
      t.timestamp('lastSeenAt').notNullable();
      t.timestamp('expiresAt').notNullable();
      t.text('ip').notNullable();
      t.text('device').notNullable();
    });
    await schema.createTable('agent_tokens', (t) => {
      t.text('hash').primary();
      t.bigInteger('agentId').notNullable().index();
      // 'invite' or 'reset'
      t.text('kind').notNullable();
      t.timestamp('createdAt').notNullable();
      t.timestamp('expiresAt').notNullable();
      t.timestamp('usedAt');
    });
  },
};
