import { change, errors, type Actor, type App } from '@helpdesk/core';
import type { Definition } from './definition.js';
import { raiseRevision } from './revision.js';
import './routing-hooks.js';

export interface SaveRule {
  /** Undefined: a new one, behind the others and switched off. */
  ruleId?: number;
  definition: Definition;
  /** The version that the page showed. */
  expectedVersion?: number;
  actor: Actor;
}

/** Stores a rule as its next version; earlier ones stay. @throws NOT_FOUND; TICKET_CHANGED when somebody was quicker */
export async function saveRule(
  app: App,
  { ruleId, definition, expectedVersion, actor }: SaveRule,
): Promise<{ ruleId: number; version: number }> {
  return change(app, async ({ trx, at, announce }) => {
    const saved = ruleId === undefined ? await insert() : await raise(ruleId);
    await trx('routing_rule_versions').insert({
      ...saved,
      definition: JSON.stringify(definition),
      savedAt: at,
      savedBy: actor.kind === 'agent' ? actor.id : null,
    });
    await raiseRevision(trx);
    announce('routing.ruleSaved', { ...saved, actor });
    return saved;

    async function insert() {
      const [last] = await trx('routing_rules').max<{ position: number | null }[]>({ position: 'position' });
      const [row] = await trx('routing_rules')
        .insert({ position: (last?.position ?? 0) + 1, isOn: 0, version: 1, createdAt: at })
        .returning<{ id: number }[]>('id');
      return { ruleId: (row as { id: number }).id, version: 1 };
    }

    async function raise(id: number) {
      const row: { version: number } | undefined = await trx('routing_rules')
        .where({ id })
        .whereNull('removedAt')
        .first('version');
      if (!row) throw errors.NOT_FOUND();
      const version = row.version + 1;
      const written = await trx('routing_rules')
        .where({ id, version: expectedVersion ?? row.version })
        .update({ version });
      if (written === 0) throw errors.TICKET_CHANGED();
      return { ruleId: id, version };
    }
  });
}
