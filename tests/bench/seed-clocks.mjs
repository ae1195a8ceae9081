import { change } from '@helpdesk/core';

const norms = { first: 240, next: 480, solve: 2400 };
const policy = {
  id: 1,
  name: 'Standard',
  isOn: true,
  conditions: {
    lines: [],
    teams: [],
    types: [],
    priorities: [],
    channels: [],
    organizations: [],
    segments: [],
    roles: [],
  },
  calendarId: null,
  norms: { 1: norms, 2: norms, 3: norms, 4: norms },
  pauses: { customer: true, other: true, snoozed: false },
  warn: { unit: 'percent', value: 75 },
  heads: [],
  escalate: { teamId: null, agentId: null, priority: null },
};
const DAY_MS = 24 * 3_600_000;

/** One policy, and for each open ticket a first answer that was in time and a solution that is due within ten days. */
export async function seedClocks(app) {
  const now = app.now().getTime();
  const iso = (ms) => new Date(ms).toISOString();
  await change(app, ({ trx, at }) =>
    trx('sla_rule_sets').insert({
      at,
      applies: 'now',
      rules: JSON.stringify({ policies: [policy], calendars: [] }),
    }),
  );
  const open = await app.db('tickets').where({ bucket: 'open' }).orderBy('id').select('id');
  for (let from = 0; from < open.length; from += 200)
    await change(app, async ({ trx }) => {
      const rows = [];
      for (const [i, { id }] of open.slice(from, from + 200).entries()) {
        const due = now + DAY_MS + ((from + i) / open.length) * 9 * DAY_MS;
        const clock = { ticketId: id, n: 1, policyId: 1, priority: 2, startedAt: iso(now - DAY_MS) };
        const ended = { state: 'met', endedAt: iso(now - DAY_MS / 2), norm: 14_400_000, used: DAY_MS / 2 };
        const running = { state: 'running', endedAt: null, norm: 144_000_000, used: 0 };
        rows.push(
          { ...clock, ...ended, kind: 'first', dueAt: iso(now), warnAt: iso(now), countsAt: ended.endedAt },
          {
            ...clock,
            ...running,
            kind: 'solve',
            dueAt: iso(due),
            warnAt: iso(due - DAY_MS / 4),
            countsAt: iso(due),
          },
        );
        await trx('tickets')
          .where({ id })
          .update({ dueAt: iso(due) });
      }
      for (let i = 0; i < rows.length; i += 50) await trx('sla_clocks').insert(rows.slice(i, i + 50));
    });
}
