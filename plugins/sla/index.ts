import { definePlugin } from '@helpdesk/core';
import { mailer } from '@helpdesk/core/contracts';
import { portalHooks } from '@helpdesk/plugin-portal/contract';
import { factsOf } from '@helpdesk/plugin-reporting/contract';
import { createSla } from './create-sla.js';
import { badgesOf } from './keep/badges.js';
import { keepClocks } from './keep/keep-clocks.js';
import { keepPromises } from './keep/keep-promises.js';
import { newPromisesOf, promisesOf } from './keep/promises-of.js';
import { registerPages } from './pages/register-pages.js';
import { slaFacts } from './report/report-facts.js';
import { slaHooks } from './rules/sla-hooks.js';
import { segments } from './segments.js';

/**
 * Until when to answer and to solve: `calendar/` counts working time, `rules/` keep policies, `clock/` reckons clocks
 * from a ticket's events, `keep/` derives them and keeps promises, `report/` tells how much was in time.
 */
export const sla = definePlugin(import.meta, {
  migrations: [createSla],
  permissions: {
    'sla.read': 'sla.permission.read',
    'sla.manage': 'sla.permission.manage',
    'sla.stop': 'sla.permission.stop',
    'sla.report': 'sla.permission.report',
  },
  hooks: { ...slaHooks, ...portalHooks },
  provides: { facts: factsOf('sla') },
  optional: { segments, mailer },

  register(tools) {
    const { app, services, collect, provide, schedule } = tools;
    const ofCustomers = () => services.segments;
    provide(factsOf('sla'), slaFacts);
    collect('ticket.badges', (asked) => badgesOf(app, asked));
    collect('portal.promises', ({ ticketIds, isNew }) =>
      isNew ? newPromisesOf(app, ticketIds, ofCustomers()) : promisesOf(app, ticketIds),
    );
    const reckon = keepClocks(app, tools, ofCustomers);
    schedule('promises', { cron: '* * * * *' }, ({ signal }) =>
      keepPromises(app, { segments: services.segments, mailer: services.mailer, signal }),
    );
    registerPages(tools, { app, segments: ofCustomers, reckon });
  },
});
