import { caseCalendars } from './case-calendars.js';
import { workedCases } from './worked-cases.js';

/** The worked cases as docs/run/sla.md prints them. */
export function casesTable(): string {
  const rows = workedCases.map(({ title, calendar, policy, story, result }, i) => {
    const named = caseCalendars[calendar]?.name ?? 'around the clock';
    return `| ${i + 1} | ${title} | ${named} | ${policy} | ${story} | ${result} |`;
  });
  return [
    '| № | case | calendar | norms | story | result |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
