import { definePlugin } from '@helpdesk/core';
import { keepFacts } from './facts/keep-facts.js';
import { rebuildCommand } from './facts/rebuild-command.js';
import { createReporting } from './migrations.js';
import { registerPages } from './pages/register-pages.js';
import { createSources } from './query/sources.js';

/**
 * Reports: `facts/` folded from the event log, `query/` which counts them, `charts/` which draw, `pages/` which tell
 * what it comes to. Other plugins add measures and dimensions through `contract.ts`.
 */
export const reporting = definePlugin(import.meta, {
  migrations: [createReporting],
  permissions: {
    'reporting.read': 'reporting.permission.read',
    'reporting.export': 'reporting.permission.export',
  },
  commands: [rebuildCommand],

  register(tools) {
    keepFacts(tools);
    registerPages(tools, createSources(tools.app));
  },
});
