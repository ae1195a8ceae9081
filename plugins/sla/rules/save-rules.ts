import { change, errors, type Actor, type App } from '@helpdesk/core';
import type { Knex } from 'knex';
import { Rules } from './policy.js';
import './sla-hooks.js';

export interface SaveRules {
  rules: Rules;
  /** `now`: what counted until now stays counted. `beginning`: every ticket is reckoned anew, the old ones too. */
  applies: 'now' | 'beginning';
  /** The version that the page showed. */
  expectedVersion: number;
  actor: Actor;
  /** Reckons tickets anew, in the background. */
  after(trx: Knex.Transaction): Promise<void>;
}

/** Keeps rules as the newest set; earlier ones stay. @throws INPUT_INVALID; TICKET_CHANGED when somebody was quicker */
export async function saveRules(
  app: App,
  { rules, applies, expectedVersion, actor, after }: SaveRules,
): Promise<number> {
  const checked = Rules.safeParse(rules);
  if (!checked.success) throw errors.INPUT_INVALID({ because: 'these are no rules' });
  return change(app, async ({ trx, at, announce }) => {
    const [last] = await trx('sla_rule_sets').max<{ id: number | null }[]>({ id: 'id' });
    if (Number(last?.id ?? 0) !== expectedVersion) throw errors.TICKET_CHANGED();
    const savedBy = actor.kind === 'agent' ? actor.id : null;
    const [row] = await trx('sla_rule_sets')
      .insert({ at, applies, rules: JSON.stringify(checked.data), savedBy })
      .returning<{ id: number }[]>('id');
    const setId = Number(row?.id);
    announce('sla.rulesSaved', { setId, applies, actor });
    await after(trx);
    return setId;
  });
}
