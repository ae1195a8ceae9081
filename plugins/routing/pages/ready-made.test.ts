import { testEngines } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { afterEach, describe, expect, it } from 'vitest';
import { startRulesDesk, type RulesDesk } from '../../../tests/routing/rules-desk.js';
import { listRules } from '../rules/list-rules.js';

const plain = (html: string) =>
  html.replaceAll('&#x3D;', '=').replaceAll('&#123;', '{').replaceAll('&#125;', '}');

describe.each(testEngines)('ready-made rules on %s', (engine) => {
  let at: RulesDesk;
  afterEach(() => at.desk.close());

  it.each([
    [
      'en',
      'Acknowledge every new request',
      'We have received your request. Its number is {{ticket.number}}.',
    ],
    [
      'ru',
      'Подтверждать каждое новое обращение',
      'Мы получили ваше обращение, его номер — {{ticket.number}}.',
    ],
  ] as const)(
    'are opened in the editor in the language of customers (%s), and stored off',
    async (language, name, letter) => {
      at = await startRulesDesk(engine, [workspace()], { language });
      const owner = await at.visit();
      const list = plain((await owner.get('/desk/routing/rules').expect(200)).text);
      expect(list).toContain(name);
      const href = /href="([^"]*[?]ready=acknowledge)"/.exec(list)?.[1] ?? '';
      const editor = plain((await owner.get(href).expect(200)).text);
      expect(await listRules(at.desk.app.db)).toEqual([]);
      expect(editor).toContain(`value="${name}"`);
      expect(editor).toContain('name="t.0.on" value="opened"');
      expect(editor).toContain('name="g.0.c.0.field" value="message.isAutomatic"');
      expect(editor).toContain(letter);
      const text = /<textarea[^>]*name="a\.0\.v"[^>]*>([^<]*)</.exec(editor)?.[1] ?? '';
      expect(text).toContain('{{ticket.promise}}');
      await owner
        .post('/desk/routing/rules/new', {
          do: 'save',
          name,
          't.0.on': 'opened',
          'g.0.c.0.field': 'message.isAutomatic',
          'g.0.c.0.op': 'no',
          'a.0.kind': 'acknowledge',
          'a.0.v': text,
        })
        .expect(303);
      const [rule] = await listRules(at.desk.app.db);
      expect(rule).toMatchObject({ isOn: false, definition: { actions: [{ kind: 'acknowledge', text }] } });
      const after = plain((await owner.get('/desk/routing/rules')).text);
      expect(after).not.toContain('ready=acknowledge');
      expect(after.slice(after.indexOf('id="ready"'))).toContain(`href="/desk/routing/rules/${rule?.id}"`);
    },
  );
});
