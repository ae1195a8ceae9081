import type { App, HealthAnswer } from '@helpdesk/core';

const DAY_MS = 24 * 3_600_000;

/** Not well while rules went round in circles within the last day. */
export async function checkLoops(app: App): Promise<HealthAnswer> {
  const since = new Date(app.now().getTime() - DAY_MS).toISOString();
  const rows: { ruleId: number; n: number }[] = await app
    .db('routing_traces')
    .where({ outcome: 'cut' })
    .where('at', '>', since)
    .groupBy('ruleId')
    .orderBy('ruleId')
    .select('ruleId', app.db.raw('count(*) as n'));
  return {
    ok: rows.length === 0,
    detail: rows
      .map(({ ruleId, n }) => `rule ${ruleId} went round in a circle and was cut ${n} times`)
      .join('; '),
  };
}
