import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRulesDesk, system, type RulesDesk } from '../../../tests/routing/rules-desk.js';
import { moveRule, removeRule, switchRule } from './change-rule.js';
import { findRule, listActive } from './list-rules.js';
import { saveRule } from './save-rule.js';

describe.each(testEngines)('the rules that are asked, on %s', (engine) => {
  let at: RulesDesk;
  beforeEach(async () => {
    at = await startRulesDesk(engine);
  });
  afterEach(() => at.desk.close());

  it('are those of this moment: each change is seen by the next message', async () => {
    const { app } = at.desk;
    const names = async () => (await listActive(app.db)).map(({ definition }) => definition.name);
    expect(await names()).toEqual([]);
    const first = await at.rule({ name: 'First' });
    const second = await at.rule({ name: 'Second' });
    expect(await names()).toEqual(['First', 'Second']);
    await moveRule(app, { ruleId: second, by: 'up', actor: system });
    expect(await names()).toEqual(['Second', 'First']);
    const definition = { ...(await findRule(app.db, first)).definition, name: 'Renamed' };
    await saveRule(app, { ruleId: first, definition, actor: system });
    expect(await names()).toEqual(['Second', 'Renamed']);
    await switchRule(app, { ruleId: second, isOn: false, actor: system });
    expect(await names()).toEqual(['Renamed']);
    await removeRule(app, { ruleId: first, actor: system });
    expect(await names()).toEqual([]);
  });
});
