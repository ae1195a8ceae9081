import { change, errors, type Actor, type App, type Change } from '@helpdesk/core';
import { raiseRevision } from './revision.js';
import './routing-hooks.js';

interface OnRule {
  ruleId: number;
  actor: Actor;
}

/** @throws NOT_FOUND */
export async function switchRule(
  app: App,
  { ruleId, isOn, actor }: OnRule & { isOn: boolean },
): Promise<void> {
  await change(app, async (step) => {
    await patch(step, ruleId, { isOn: isOn ? 1 : 0 });
    step.announce('routing.ruleSwitched', { ruleId, isOn, actor });
  });
}

/** Takes a rule out; what it did stays told. @throws NOT_FOUND */
export async function removeRule(app: App, { ruleId, actor }: OnRule): Promise<void> {
  await change(app, async (step) => {
    await patch(step, ruleId, { isOn: 0, removedAt: step.at });
    step.announce('routing.ruleRemoved', { ruleId, actor });
  });
}

/** Moves a rule one place up or down in the order in which rules are asked. */
export async function moveRule(
  app: App,
  { ruleId, by, actor }: OnRule & { by: 'up' | 'down' },
): Promise<void> {
  await change(app, async ({ trx, announce }) => {
    const rows: { id: number }[] = await trx('routing_rules')
      .whereNull('removedAt')
      .orderBy('position')
      .orderBy('id')
      .select('id');
    const ids = rows.map(({ id }) => id);
    const from = ids.indexOf(ruleId);
    const to = from + (by === 'up' ? -1 : 1);
    if (from < 0 || to < 0 || to >= ids.length) return;
    ids.splice(from, 1);
    ids.splice(to, 0, ruleId);
    for (const [position, id] of ids.entries()) await trx('routing_rules').where({ id }).update({ position });
    await raiseRevision(trx);
    announce('routing.ruleMoved', { ruleId, actor });
  });
}

async function patch({ trx }: Change, id: number, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const written = await trx('routing_rules').where({ id }).whereNull('removedAt').update(fields);
  if (written === 0) throw errors.NOT_FOUND();
  await raiseRevision(trx);
}
