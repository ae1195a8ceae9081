import type { Caught, DryRun } from '../dry-run/dry-run.js';
import { describeAction, describeTrigger, type Words } from '../words/describe.js';
import { presentVerdict } from './present-trace.js';

const SHOWN = 50;

/** What a rule would have done, for its page. */
export function presentDryRun({ tickets, asked, caught }: DryRun, words: Words): Record<string, unknown> {
  const { t } = words;
  return {
    summary: t('routing.try.summary', { count: caught.length, asked, tickets }),
    isNone: caught.length === 0,
    more: caught.length > SHOWN ? t('routing.try.more', { count: caught.length - SHOWN }) : undefined,
    caught: caught.slice(0, SHOWN).map((one) => presentCaught(one, words)),
  };
}

function presentCaught(
  { ticketId, number, subject, at, trigger, verdict, times, actions }: Caught,
  words: Words,
): Record<string, unknown> {
  const { t } = words;
  return {
    href: `/desk/tickets/${ticketId}`,
    number,
    subject,
    at,
    when: describeTrigger(trigger, words),
    times: times > 1 ? t('routing.try.times', { count: times }) : undefined,
    ...presentVerdict(verdict, words),
    actions: actions.map(({ action, isSoAlready }) => ({
      text: describeAction(action, words),
      state: isSoAlready ? { text: t('routing.outcome.unchanged') } : undefined,
    })),
  };
}
