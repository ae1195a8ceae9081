import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createTexts } from '../i18n/create-texts.js';
import { createKeeper } from './keep-printed.js';
import { createViews, type ViewsOptions } from './create-views.js';
import type { PanelContribution, RenderContext } from './render-context.js';

describe('where a view is looked for', () => {
  it('the site wins over the theme, the theme over its parent, the parent over the plugin', async () => {
    const plugin = {
      'p/answer.hbs': 'plugin',
      'p/thanks.hbs': 'plugin',
      'p/a.hbs': 'plugin',
      'p/b.hbs': 'plugin',
    };
    const root = folder({
      ...plugin,
      'parent/views/surveys/thanks.hbs': 'parent',
      'parent/views/surveys/a.hbs': 'parent',
      'parent/views/surveys/b.hbs': 'parent',
      'theme/views/surveys/a.hbs': 'theme',
      'theme/views/surveys/b.hbs': 'theme',
      'site/views/surveys/b.hbs': 'site',
    });
    const views = createDesk(root, {
      site: join(root, 'site'),
      themes: [join(root, 'theme'), join(root, 'parent')],
    });
    const names = ['answer', 'thanks', 'a', 'b'];
    const printed = await Promise.all(names.map((name) => views.render(`surveys/${name}`, {}, visit())));
    expect(printed).toEqual(['plugin', 'parent', 'theme', 'site']);
  });

  it('a plugin brings partials that a theme may replace', async () => {
    const root = folder({
      'p/answer.hbs': '{{> surveys/score}} {{> surveys/face}}',
      'p/partials/score.hbs': 'score of the plugin',
      'p/partials/face.hbs': 'face of the plugin',
      'theme/partials/surveys/face.hbs': 'face of the theme',
    });
    expect(await createDesk(root).render('surveys/answer', {}, visit())).toBe(
      'score of the plugin face of the theme',
    );
  });

  it('a missing view or partial is named with file and line', async () => {
    const root = folder({ 'p/answer.hbs': 'one\n{{> ui/nothing}}' });
    await expect(createDesk(root).render('surveys/none', {}, visit())).rejects.toThrow(
      'no view "surveys/none"',
    );
    await expect(createDesk(root).render('surveys/answer', {}, visit())).rejects.toThrow(
      /"ui\/nothing".*answer\.hbs:2\)/,
    );
  });
});

describe('what is kept', () => {
  it('is printed once for the same data, language, zone and day, and anew when one of them differs', async () => {
    const root = folder({
      'p/answer.hbs': '{{#each rows}}{{kept "surveys/row" this}}{{/each}}',
      'p/partials/row.hbs': '[{{name}} {{time at plain=true}}{{#if (asset "a")}}{{/if}}]',
    });
    let made = 0;
    const asset = () => `${(made += 1)}`;
    const rows = (name: string) => [{ name, at: '2026-03-12T08:00:00.000Z' }];
    const views = createDesk(root);
    const print = (name: string, more: Partial<RenderContext> = {}) =>
      views.render('surveys/answer', { rows: rows(name) }, { ...visit(), asset, ...more });
    const now = '2026-03-12T09:00:00.000Z';
    expect(await print('<b>', { now })).toBe('[&lt;b&gt; 08:00]');
    expect(await print('<b>', { now: '2026-03-12T09:30:00.000Z' })).toBe('[&lt;b&gt; 08:00]');
    expect(await print('Other', { now })).toBe('[Other 08:00]');
    expect(await print('<b>', { now, timeZone: 'Asia/Yekaterinburg' })).toBe('[&lt;b&gt; 13:00]');
    expect(await print('<b>', { now: '2026-03-20T09:00:00.000Z' })).toBe('[&lt;b&gt; 12 Mar]');
    expect(made).toBe(4);
  });

  it.each(['{{csrf}}', '{{#when-can "x"}}y{{/when-can}}', '{{@page.agent.name}}', '{{> surveys/inner}}'])(
    'may not depend on the visit: %s',
    async (source) => {
      const root = folder({
        'p/answer.hbs': 'one\n{{kept "surveys/row" this}}',
        'p/partials/row.hbs': source,
        'p/partials/inner.hbs': '{{#if a}}{{slot "popup"}}{{/if}}',
      });
      await expect(createDesk(root).render('surveys/answer', {}, visit())).rejects.toThrow(
        /"surveys\/row" is kept, so it may not use .*answer\.hbs:2\)/,
      );
    },
  );

  it('remembers no more than it was told', () => {
    const keeper = createKeeper(100);
    let made = 0;
    const ask = (key: string) => keeper.keep(key, () => `${'x'.repeat(9)}${(made += 1) % 10}`);
    for (const key of ['a', 'b', 'a']) ask(key);
    expect(made).toBe(2);
    for (const key of 'cdefghijkl') ask(key);
    expect(made).toBe(12);
    ask('l');
    expect(made).toBe(12);
    ask('b');
    expect(made).toBe(13);
  });
});

describe('what a template may do', () => {
  it('escapes everything, values inside a text included', async () => {
    const root = folder({
      'p/answer.hbs': '{{name}} {{t "surveys.thanks" name=name}} {{av person named=true}}',
    });
    const html = await createDesk(root).render(
      'surveys/answer',
      { name: '<b>', person: { name: '"><i>' } },
      visit(),
    );
    expect(html).not.toMatch(/<b>|<i>/);
    expect(html).toContain('Thank you, &lt;b&gt;');
  });

  it.each(['{{{name}}}', '{{&name}}'])('refuses to print without escaping: %s', async (source) => {
    const root = folder({ 'p/answer.hbs': `line\n${source}` });
    await expect(createDesk(root).render('surveys/answer', {}, visit())).rejects.toThrow(
      /without escaping.*hbs:2\)/,
    );
  });

  it.each(['{{shout name}}', '{{#each-of rows}}{{/each-of}}', '{{log "x"}}', '{{#if (has x)}}{{/if}}'])(
    'has no helpers but the listed ones: %s',
    async (source) => {
      const root = folder({ 'p/answer.hbs': source });
      await expect(createDesk(root).render('surveys/answer', {}, visit())).rejects.toThrow(/no helper/);
    },
  );

  it('shows blocks by permission', async () => {
    const source = '{{#when-can "a"}}may{{else}}may not{{/when-can}} {{#unless-can "b"}}not b{{/unless-can}}';
    const root = folder({ 'p/answer.hbs': source });
    const context = visit({ can: (permission) => permission === 'a' });
    expect(await createDesk(root).render('surveys/answer', {}, context)).toBe('may not b');
  });

  it.each([
    ['javascript:alert(1)', '#'],
    [' java\nscript:alert(1)', '#'],
    ['//evil.example', '#'],
    ['/\\evil.example', '#'],
    ['data:text/html,x', '#'],
    ['https://example.com/?a=1&b=2', 'https://example.com/?a&#x3D;1&amp;b&#x3D;2'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
    ['/desk', '/desk'],
  ])('lets only harmless links through: %s', async (link, printed) => {
    const root = folder({ 'p/answer.hbs': '{{url link}}' });
    expect(await createDesk(root).render('surveys/answer', { link }, visit())).toBe(printed);
  });

  it('cannot end a script element with data', async () => {
    const root = folder({ 'p/answer.hbs': '<script type="application/json">{{json a}}</script>' });
    const html = await createDesk(root).render('surveys/answer', { a: '</script><script>' }, visit());
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(JSON.parse(html.replace(/<[^>]+>/g, ''))).toBe('</script><script>');
  });

  it('reads the frame of the page at any depth', async () => {
    const root = folder({
      'p/answer.hbs': '{{#each rows}}{{@page.agent.name}} {{this}} {{/each}}{{@language}}',
    });
    const html = await createDesk(root).render(
      'surveys/answer',
      { rows: [1, 2] },
      visit({ page: { agent: { name: 'A' } } }),
    );
    expect(html).toBe('A 1 A 2 en');
  });
});

describe('slots', () => {
  const files = {
    'p/page.hbs':
      '{{#> layout/frame}}{{#with ticket}}{{slot "ticket.sidebar" wrap="ui/panel" ticketId=@root.ticket.id}}{{/with}}{{/layout/frame}}',
    'p/score.hbs': 'score {{score}}',
    'theme/partials/layout/frame.hbs': '[{{> @partial-block}}|{{slot "popup"}}]',
    'theme/partials/ui/panel.hbs': '<{{title}}:{{body}}>',
    'theme/partials/ui/panel-failed.hbs': '<{{title}} failed>',
  };

  it('are found in partials and get their arguments from the data root', async () => {
    const asked: unknown[] = [];
    const views = createDesk(folder(files));
    const panel = answer({ load: (at) => (asked.push(at), { score: 5 }) });
    const html = await views.render(
      'surveys/page',
      { ticket: { id: 7 } },
      visitWith({ 'ticket.sidebar': [panel] }),
    );
    expect(html).toBe('[<surveys.title:score 5>|]');
    expect(asked).toEqual([{ ticketId: 7 }]);
    expect(views.slotsOf('surveys/page').toSorted()).toEqual(['popup', 'ticket.sidebar']);
  });

  it('leave out panels that the viewer may not see or that have nothing to show', async () => {
    const panels = [answer({ permission: 'surveys.read' }), answer({ load: async () => undefined })];
    const context = visitWith({ 'ticket.sidebar': panels }, { can: () => false });
    expect(await createDesk(folder(files)).render('surveys/page', { ticket: { id: 7 } }, context)).toBe(
      '[|]',
    );
  });

  it('contain a panel that throws, is late or does not print, and say whose it was', async () => {
    const failed: string[] = [];
    const views = createDesk(folder(files), {
      panelBudgetMs: 20,
      onPanelFailure: ({ owner, error }) =>
        failed.push(`${owner}: ${error instanceof Error ? error.message : ''}`),
    });
    const panels = [
      answer({ load: () => Promise.reject(new Error('no database')) }),
      answer({ load: () => new Promise(() => {}) }),
      answer({ view: 'surveys/nowhere' }),
      answer({}),
    ];
    const html = await views.render(
      'surveys/page',
      { ticket: { id: 7 } },
      visitWith({ 'ticket.sidebar': panels }),
    );
    const failure = '<surveys.title failed>';
    expect(html).toBe(`[${failure}${failure}${failure}<surveys.title:score 1>|]`);
    expect(failed.toSorted()).toEqual([
      'surveys: The panel took longer than 20 ms',
      'surveys: There is no view "surveys/nowhere"',
      'surveys: no database',
    ]);
  });

  it('load side by side', async () => {
    const release: ((value: unknown) => void)[] = [];
    const first = answer({ load: () => new Promise((resolve) => release.push(resolve)) });
    const second = answer({ load: () => (release[0]?.({ score: 2 }), { score: 3 }) });
    const context = visitWith({ 'ticket.sidebar': [first], popup: [second] });
    const html = await createDesk(folder(files)).render('surveys/page', { ticket: { id: 7 } }, context);
    expect(html).toBe('[<surveys.title:score 2>|score 3]');
  });

  it('must be named in the template', async () => {
    const root = folder({ 'p/answer.hbs': '{{slot place}}' });
    await expect(createDesk(root).render('surveys/answer', {}, visit())).rejects.toThrow(
      /name of a slot must be written/,
    );
  });
});

describe('in development', () => {
  it('a changed partial and a new template show at once', async () => {
    const root = folder({ 'p/answer.hbs': '{{> ui/a}}', 'theme/partials/ui/a.hbs': 'old' });
    const views = createDesk(root, { watch: true });
    expect(await views.render('surveys/answer', {}, visit())).toBe('old');
    writeFileSync(join(root, 'theme/partials/ui/a.hbs'), 'new');
    utimesSync(join(root, 'theme/partials/ui/a.hbs'), 1, 1);
    writeFileSync(join(root, 'p/more.hbs'), 'more');
    expect(await views.render('surveys/answer', {}, visit())).toBe('new');
    expect(await views.render('surveys/more', {}, visit())).toBe('more');
  });
});

function answer(panel: Partial<PanelContribution>): PanelContribution {
  return {
    owner: 'surveys',
    title: 'surveys.title',
    view: 'surveys/score',
    load: () => ({ score: 1 }),
    ...panel,
  };
}

function visit(context: Partial<RenderContext> = {}): RenderContext {
  return {
    language: 'en',
    timeZone: 'UTC',
    now: '2026-03-12T09:35:00.000Z',
    can: () => true,
    asset: (path) => `/assets/${path}`,
    ...context,
  };
}

function visitWith(
  panels: Record<string, PanelContribution[]>,
  context: Partial<RenderContext> = {},
): RenderContext {
  return visit({ slots: (place) => panels[place] ?? [], ...context });
}

function createDesk(root: string, options: Partial<ViewsOptions> = {}) {
  const texts = createTexts(['en']);
  texts.addTexts('surveys', join(root, 'p'));
  return createViews({
    texts,
    themes: [join(root, 'theme')],
    folders: [{ owner: 'surveys', dir: join(root, 'p') }],
    ...options,
  });
}

function folder(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'views-'));
  const texts = JSON.stringify({ thanks: 'Thank you, {{name}}' });
  for (const [name, source] of Object.entries({ ...files, 'p/locales/en.json': texts })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), source);
  }
  return root;
}
