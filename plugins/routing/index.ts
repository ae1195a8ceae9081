import { definePlugin, number, type HostApp } from '@helpdesk/core';
import { portalHooks } from '@helpdesk/plugin-portal/contract';
import { factsOf } from '@helpdesk/plugin-reporting/contract';
import { assignHooks } from './assign/assign-hooks.js';
import { assignSettings } from './assign/assign-settings.js';
import { chooseAssignee } from './assign/choose-assignee.js';
import { createAssignTables } from './assign/create-assign-tables.js';
import { segments, type Segments } from './contract.js';
import { dryRunCommand } from './dry-run/dry-run-command.js';
import { createRouting } from './migrations.js';
import { registerPages } from './pages/register-pages.js';
import { routingHooks } from './rules/routing-hooks.js';
import { checkLoops } from './run/check-loops.js';
import { followEvents } from './run/follow.js';
import { keepClocks } from './run/keep-clocks.js';
import type { Runner } from './run/run-rules.js';
import { runTimers } from './run/run-timers.js';
import { keepTraces } from './run/trace.js';
import { followMerges } from './segments/follow-merges.js';
import { keepSegments } from './segments/keep-segments.js';
import { segmentFacts } from './segments/report-segments.js';
import {
  readSegments,
  segmentOfContact,
  segmentsOfTickets,
  segmentsOfWriters,
} from './segments/segments-of.js';
import { createTierTables } from './tiers/create-tier-tables.js';
import { registerTiers } from './tiers/register-tiers.js';
import { tierHooks } from './tiers/tier-hooks.js';

const limit = (name: string, byDefault: number, max: number) =>
  number({
    label: `routing.setting.${name}`,
    default: byDefault,
    min: 1,
    max,
    group: 'routing.setting.limits',
  });

/**
 * Who answers what: `segments/` of customers, `rules/` with their `conditions/`, `run/` which asks them and tells why,
 * `dry-run/` which tries them on the past, `assign/` which chooses people, `tiers/` which hand work up.
 */
export const routing = definePlugin(import.meta, {
  settings: {
    depth: limit('depth', 5, 20),
    visits: limit('visits', 10, 100),
    replies: limit('replies', 5, 100),
    keepDays: number({
      label: 'routing.setting.keepDays',
      default: 180,
      min: 7,
      max: 3650,
      unit: 'routing.unit.days',
      group: 'routing.setting.limits',
    }),
    ...assignSettings,
  },
  migrations: [createRouting, createAssignTables, createTierTables],
  permissions: { 'routing.read': 'routing.permission.read', 'routing.manage': 'routing.permission.manage' },
  hooks: { ...routingHooks, ...assignHooks, ...tierHooks, ...portalHooks },
  provides: { segments, facts: factsOf('routing') },
  commands: [dryRunCommand],

  register(tools) {
    const { app, settings, provide, collect, follow, followInBatches, schedule, job, healthCheck } = tools;
    const runner: Runner = { app, choose: chooseAssignee, limits: () => settings.current() };
    provide(segments, serveSegments(app));
    provide(factsOf('routing'), segmentFacts);
    collect('ticket.badges', ({ ticketIds }) => badgesOf(app, ticketIds));
    const applyAll = keepSegments(app, { follow, schedule, job });
    followMerges(app, follow);
    keepClocks({ followInBatches });
    followEvents(follow, runner);
    schedule('timers', { cron: '* * * * *' }, ({ signal }) => runTimers(runner, signal));
    schedule('traces', { cron: '40 3 * * *' }, () => keepTraces(app, settings.current().keepDays));
    healthCheck('loops', () => checkLoops(app));
    registerPages(tools, { applyAll });
    registerTiers(tools);
  },
});

const serveSegments = (app: HostApp): Segments => ({
  list: () => readSegments(app.db),
  segmentOf: (contactId) => segmentOfContact(app.db, contactId, app.now().toISOString()),
  async segmentsOfTickets(ticketIds) {
    const tickets: { id: number; contactId: number; membershipId: number | null }[] = await app
      .db('tickets')
      .whereIn('id', [...ticketIds])
      .select('id', 'contactId', 'membershipId');
    return segmentsOfTickets(app.db, tickets, app.now().toISOString());
  },
  segmentsOfWriters: (writers) => segmentsOfWriters(app.db, writers, app.now().toISOString()),
});

async function badgesOf(app: HostApp, ticketIds: readonly number[]) {
  const found = await serveSegments(app).segmentsOfTickets(ticketIds);
  return [...found].map(([ticketId, { mark }]) => ({ ticketId, segment: mark }));
}
