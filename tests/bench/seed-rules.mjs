import { saveRule } from '../../plugins/routing/dist/rules/save-rule.js';
import { switchRule } from '../../plugins/routing/dist/rules/change-rule.js';

const actor = { kind: 'system', id: 'bench', door: 'bench' };
const fields = [
  (i) => ({ field: 'ticket.subject', op: 'contains', values: [`ceramic ${i}; pallet ${i}`] }),
  (i) => ({ field: 'message.text', op: 'contains', values: [`claim number ${i}`] }),
  (i) => ({ field: 'contact.address', op: 'contains', values: [`@buyer${i}.example`] }),
  (i) => ({ field: 'hat.organization', op: 'equals', values: [`Works ${i}`] }),
];

/** Rules for new tickets as a company has them: two or three conditions about words, addresses, organizations. */
export async function seedRules(app, { count, holds }) {
  const ids = [];
  for (let i = 0; i < count; i++) {
    const first = holds
      ? { field: 'ticket.subject', op: 'contains', values: ['question'] }
      : fields[i % fields.length](i);
    const definition = {
      name: `Rule ${i} of the bench`,
      triggers: [{ on: 'opened' }, { on: 'received' }],
      conditions: {
        match: 'all',
        groups: [
          {
            match: 'all',
            conditions: [first, { field: 'message.isAutomatic', op: 'no', values: [] }],
          },
        ],
      },
      actions: [{ kind: 'priority', priority: 3 }],
      stop: false,
    };
    const { ruleId } = await saveRule(app, { definition, actor });
    await switchRule(app, { ruleId, isOn: true, actor });
    ids.push(ruleId);
  }
  return ids;
}

/** @returns when it is done */
export async function switchRules(app, { ids, isOn }) {
  for (const ruleId of ids) await switchRule(app, { ruleId, isOn, actor });
}
