import { definePlugin } from '@helpdesk/core';
import { articlePages, portalHooks } from '@helpdesk/plugin-portal/contract';
import { forgetSearches, settleReads } from './avoided/settle-reads.js';
import { createTables } from './create-tables.js';
import { registerHelp } from './help/register-help.js';
import { suggestToVisitor } from './help/suggest-to-visitor.js';
import { forget } from './help/remember.js';
import { kbHooks } from './kb-hooks.js';
import { registerDesk } from './desk/register-desk.js';
import { sampleCommand } from './sample/sample-command.js';
import { segments } from './segments.js';

/**
 * Articles for customers and colleagues: `articles/` are written, translated, published and restored, `categories/`
 * sort them, `words/` turn Markdown into pages, `search/` finds and suggests them, `help/` is what readers see,
 * `desk/` where they are made, `ticket/` where they help to answer, `avoided/` counts the tickets that were not written.
 */
export const knowledgeBase = definePlugin(import.meta, {
  migrations: [createTables],
  permissions: {
    'knowledge-base.read': 'knowledge-base.permission.read',
    'knowledge-base.write': 'knowledge-base.permission.write',
    'knowledge-base.publish': 'knowledge-base.permission.publish',
  },
  hooks: { ...kbHooks, ...portalHooks },
  optional: { segments },
  provides: { articlePages },
  commands: [sampleCommand],
  mount: { portal: '/help' },

  register(tools) {
    const { app, services, on, collect, schedule, provide } = tools;
    provide(articlePages, { homeUrl: '/help', searchUrl: '/help/search' });
    registerHelp(tools, { app, services });
    for (const name of ['published', 'withdrawn', 'moved', 'archived'] as const)
      on(`knowledge-base.${name}`, () => forget(app));
    registerDesk(tools, { app, services });
    collect('article.suggestions', (asked) => suggestToVisitor(app, services, asked));
    schedule('settle', { cron: '*/10 * * * *' }, ({ signal }) => settleReads(app, signal));
    schedule('forget', { cron: '23 4 * * *' }, () => forgetSearches(app));
  },
});
