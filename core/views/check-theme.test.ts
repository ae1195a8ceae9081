import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { expect, it } from 'vitest';

import { createTexts } from '../i18n/create-texts.js';
import { checkTheme } from './check-theme.js';

it('names every kind of mistake with its line', () => {
  const source = [
    '{{shout name}}',
    '{{> ui/nothing}}',
    '{{slot "nowhere"}}{{slot "ticket.timeline:call"}}',
    '{{t "ui.nothing"}}{{t "ui.title"}}{{t (concat "ui.ti" x)}}{{t (concat "ui.prio." x)}}',
    '{{icon "unicorn"}}{{icon "mail"}}',
    '{{{name}}}',
    '<p style="color: red" {{#if a}}onclick="x"{{/if}}>',
    '<script>alert(1)</script><script src="/a.js"></script><script type="application/json">{{json a}}</script>',
    '{{> (lookup . "name")}}',
    '{{slot "popup" id=../id}}',
    '{{number}} {{@url}} {{csrf}} {{this.number}}',
  ].join('\n');
  expect(check({ 'partials/ui/a.hbs': source })).toEqual([
    '1 HELPER_UNKNOWN There is no helper "shout"',
    '2 PARTIAL_UNKNOWN There is no partial "ui/nothing"',
    '3 SLOT_UNKNOWN There is no slot "nowhere"',
    '4 TEXT_MISSING There is no text "ui.nothing"',
    '4 TEXT_MISSING There is no text "ui.prio.…"',
    '5 ICON_UNKNOWN There is no icon "unicorn"',
    '6 UNESCAPED Output must be escaped; {{{ and {{& are refused',
    '7 INLINE_CODE A style attribute is blocked; use a class',
    '7 INLINE_CODE An on… attribute is blocked; write a script file',
    '8 INLINE_CODE An inline script is blocked; write a script file',
    '9 BROKEN The name of a partial must be written out, not computed',
    '10 BROKEN The slot argument "id" must be a path from the root or a literal',
    '11 BROKEN {{number}} calls the helper "number"; write {{this.number}} for a value',
    '11 BROKEN {{@url}} calls the helper "url"; write {{this.url}} for a value',
  ]);
});

it('says where a template does not parse', () => {
  expect(check({ 'views/desk/a.hbs': 'one\n{{#if a}}\n{{/each}}' })).toEqual([
    expect.stringMatching(/^2 BROKEN/),
  ]);
});

it('finds nothing in a good theme', () => {
  const files = {
    'partials/ui/a.hbs': '<p>{{t "ui.title"}}</p>',
    'views/desk/a.hbs': '{{> ui/a}}{{#*inline "b"}}x{{/inline}}{{> b}}',
  };
  expect(check(files)).toEqual([]);
});

function check(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'theme-'));
  const rest = {
    'locales/en.json': JSON.stringify({ title: 'Title' }),
    'public/icons.svg': '<svg><symbol id="mail" viewBox="0 0 20 20"/></svg>',
  };
  for (const [name, text] of Object.entries({ ...files, ...rest })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const texts = createTexts(['en']);
  texts.addTexts('ui', root);
  const options = { themes: [root], folders: [], texts, slots: ['popup', 'ticket.timeline:'] };
  return checkTheme(root, options).map(({ line, code, message }) => `${line} ${code} ${message}`);
}
