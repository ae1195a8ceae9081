import type { Toolbox } from '@helpdesk/core';
import type { Sources } from '../query/sources.js';
import { explorePage } from './explore-page.js';
import { lensPage } from './lens-page.js';
import { minePage } from './mine-page.js';
import { overviewPage } from './overview-page.js';
import { REPORTING } from './paths.js';
import { sendSpells, sendTickets } from './send-csv.js';
import { sendValues } from './send-values.js';
import { stallsPage } from './stalls-page.js';
import { teamPage } from './team-page.js';
import { ticketsPage } from './tickets-page.js';

type Tools = Pick<
  Toolbox<unknown, unknown, unknown, unknown, 'reporting.read' | 'reporting.export'>,
  'desk' | 'nav'
>;

const READ = { permission: 'reporting.read' } as const;
const EXPORT = { permission: 'reporting.export' } as const;

/** The pages of reports and their files. */
export function registerPages({ desk, nav }: Tools, sources: Sources): void {
  nav({ place: 'main', key: 'reporting', label: 'reporting.title', icon: 'chart', href: REPORTING, ...READ });
  nav({
    place: 'user',
    key: 'reporting-mine',
    label: 'reporting.page.mine',
    icon: 'chart',
    href: `${REPORTING}/mine`,
  });
  desk.get('/', READ, (ctx) => overviewPage(ctx, sources));
  desk.get('/team', READ, (ctx) => teamPage(ctx, sources));
  desk.get('/stalls', READ, (ctx) => stallsPage(ctx, sources));
  desk.get('/lens', READ, (ctx) => lensPage(ctx, sources));
  desk.get('/explore', READ, (ctx) => explorePage(ctx, sources));
  desk.get('/tickets', READ, (ctx) => ticketsPage(ctx, sources));
  desk.get('/tickets.csv', EXPORT, (ctx) => sendTickets(ctx, sources));
  desk.get('/values.csv', EXPORT, (ctx) => sendValues(ctx, sources));
  desk.get('/spells.csv', EXPORT, sendSpells);
  desk.own.get('/mine', (ctx) => minePage(ctx, sources));
}
