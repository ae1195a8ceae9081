import { findTicket, type HostApp, type Viewer } from '@helpdesk/core';
import { listTraces, type TraceRecord } from '../run/trace.js';
import { describeReasons } from '../words/describe-reasons.js';
import { readNames } from '../words/names.js';
import { languageOf } from './language-of.js';
import { wordsOfWhy } from './present-trace.js';
import { RULES } from './rules-page.js';

const LOOKED_AT = 50;
const SHOWN = 4;

/** Beside a ticket: which rules have acted on what they saw, and why its owner is its owner. Nothing when no rule has. */
export async function loadWhy(
  app: HostApp,
  { ticketId, viewer }: { ticketId: number; viewer: Viewer | null },
): Promise<Record<string, unknown> | undefined> {
  const [ticket, acted] = await Promise.all([
    findTicket(app.db, ticketId),
    listTraces(app.db, { ticketId, limit: LOOKED_AT, outcomes: ['done', 'cut'] }),
  ]);
  if (acted.length === 0) return undefined;
  const language = await languageOf(app, viewer);
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => app.t(language, key, values);
  const words = { t, language, names: await readNames(app, t) };
  const owner = ticket.assigneeId === null ? undefined : words.names.anyAgent.get(ticket.assigneeId);
  const why = ownerWhy(acted);
  // Whom somebody has given it to since then is nobody's choice but theirs.
  const isTheirs = owner !== undefined && owner === why?.values['name'];
  return {
    owner: isTheirs ? t('routing.panel.owner', { why: wordsOfWhy(why, { t }) }) : undefined,
    rules: acted.slice(0, SHOWN).map(({ ruleId, detail, version, at, outcome }) => ({
      name: detail.name,
      because: describeReasons(detail.verdict, words),
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
