import type { DeskContext } from '@helpdesk/core';
import { TARGETS } from '../rules/policy.js';
import { TRIED_MOST, type Count, type Trial } from '../report/try-on-past.js';
import type { Period } from './days.js';
import { labelOf, readNames, sayOf } from './names.js';
import { SLA, type SlaPages } from './sla-pages.js';

/** What a policy would have come to, as its page prints it. */
export async function presentTrial(
  ctx: DeskContext,
  { app, segments }: SlaPages,
  { trial, period }: { trial: Trial; period: Period },
): Promise<Record<string, unknown>> {
  const t = sayOf(ctx);
  const names = await readNames(app, t, segments());
  const rows = (label: string, keyOf: (count: Count) => string) => {
    const keys = [...new Set(trial.counts.map(keyOf))];
    return keys.map((key) => ({
      label: `${label}: ${key}`,
      cells: sharesOf(trial.counts.filter((count) => keyOf(count) === key)),
    }));
  };
  return {
    period,
    text: t('sla.try.tickets', { count: trial.tickets }),
    cut: trial.isCut ? t('sla.try.cut', { count: TRIED_MOST }) : undefined,
    targets: TARGETS.map((kind) => ({ label: t(`sla.target.${kind}`) })),
    rows:
      trial.counts.length === 0
        ? []
        : [
            { label: t('sla.report.all'), cells: sharesOf(trial.counts) },
            ...rows(t('sla.report.team'), ({ teamId }) =>
              teamId === null ? t('sla.noTeam') : labelOf(names.teams, String(teamId)),
            ),
            ...rows(t('sla.report.priority'), ({ priority }) => t(`sla.priority.${priority}`)),
          ],
    lateText: t('sla.try.late', { count: trial.lateTotal }),
    late: trial.late.map(({ ticketId, number, subject, kind, dueAt, endedAt }) => ({
      href: `${SLA}/tickets/${ticketId}`,
      number,
      subject,
      target: t(`sla.target.${kind}`),
      dueAt: new Date(dueAt).toISOString(),
      endedAt: endedAt === null ? undefined : new Date(endedAt).toISOString(),
    })),
  };
}

/** One cell a target; without any decided clock it is empty. */
export const sharesOf = (counts: readonly Pick<Count, 'kind' | 'met' | 'total'>[]) =>
  TARGETS.map((kind) => {
    const own = counts.filter((count) => count.kind === kind);
    const met = own.reduce((sum, count) => sum + count.met, 0);
    const total = own.reduce((sum, count) => sum + count.total, 0);
    return { kind, met, total, share: total === 0 ? undefined : met / total, isEmpty: total === 0 };
  });
