import { agentNames, findTicket, type HostApp, type Viewer } from '@helpdesk/core';
import { listTraces, type TraceRecord } from '../run/trace.js';
import { languageOf } from './language-of.js';
import { wordsOfWhy } from './present-trace.js';
import { RULES } from './rules-page.js';

const LOOKED_AT = 50;
const SHOWN = 4;

/** Beside a ticket: which rules have acted, and why its owner is its owner. Nothing when no rule has. */
export async function loadWhy(
  app: HostApp,
  { ticketId, viewer }: { ticketId: number; viewer: Viewer | null },
): Promise<Record<string, unknown> | undefined> {
  const [ticket, acted, names] = await Promise.all([
    findTicket(app.db, ticketId),
    listTraces(app.db, { ticketId, limit: LOOKED_AT, outcomes: ['done', 'cut'] }),
    agentNames(app.db),
  ]);
  if (acted.length === 0) return undefined;
  const language = await languageOf(app, viewer);
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => app.t(language, key, values);
  const owner = ticket.assigneeId === null ? undefined : names.get(ticket.assigneeId)?.name;
  const why = ownerWhy(acted);
  return {
    owner: owner && why ? t('routing.panel.owner', { name: owner, why: wordsOfWhy(why, { t }) }) : undefined,
    rules: acted.slice(0, SHOWN).map(({ ruleId, detail, version, at, outcome }) => ({
      name: detail.name,
      href: `${RULES}/${ruleId}`,
      version: t('routing.trace.version', { version }),
      at,
      isCut: outcome === 'cut',
    })),
    allUrl: `/desk/routing/tickets/${ticketId}`,
  };
}

/** The newest choice of somebody that a rule has made. */
function ownerWhy(traces: readonly TraceRecord[]) {
  return traces
    .flatMap(({ detail }) => detail.actions)
    .find(({ action, outcome, why }) => action.kind === 'assign' && outcome !== 'skipped' && why)?.why;
}
