import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { createTexts } from '../i18n/create-texts.js';
import { checkTheme } from './check-theme.js';
import { coreTextsDir, coreViews } from './core-views.js';
import { createAssets } from './create-assets.js';
import { createViews } from './create-views.js';
import { listTemplates, type ViewFolder } from './find-templates.js';
import { listMarkupProblems } from './list-markup-problems.js';
import { readThemes } from './read-themes.js';
import { renderErrorPage } from './render-error-page.js';
import type { RenderContext } from './render-context.js';

const dir = fileURLToPath(new URL('../../themes/default', import.meta.url));
const samples = readSamples();
const partials = listTemplates(join(dir, 'partials')).filter((name) => !name.startsWith('layout/'));

describe('the shipped theme', () => {
  it('names nothing that is not there', () => {
    const { texts } = desk();
    const options = { themes: [dir], folders: [coreViews], texts, slots: SLOTS };
    expect([...checkTheme(dir, options), ...checkTheme(coreViews.dir, options)]).toEqual([]);
  });

  it('is complete in Russian and in English', () => {
    expect(desk().texts.missing()).toEqual([]);
  });

  it('has the layouts that theme.json promises', () => {
    const [theme] = readThemes(dir);
    expect(theme?.layouts?.filter((name) => !listTemplates(join(dir, 'partials')).includes(name))).toEqual(
      [],
    );
  });

  it.each(partials)('%s prints clean, labelled markup in both languages', async (name) => {
    for (const language of ['ru', 'en']) {
      for (const data of samplesOf(name)) {
        const { views, missing } = desk();
        const html = await views.renderPartial(name, data, visit({ language }));
        expect(missing).toEqual([]);
        expect(listMarkupProblems(html)).toEqual([]);
        expect(unlabelled(html)).toEqual([]);
        expect(html).not.toMatch(/\[object|undefined|&amp;lt;|\bNaN\b/);
      }
    }
  });

  it('escapes what comes from outside, wherever it is printed', async () => {
    const evil = '"><img src=x onerror=alert(1)>';
    const { views } = desk();
    for (const name of partials) {
      for (const data of samplesOf(name)) {
        const html = await views.renderPartial(name, poison(data, evil), visit());
        expect(html.includes('<img'), name).toBe(false);
      }
    }
  });

  it('an empty place has a button of its own alone: the address of a form around it is none', async () => {
    const { views } = desk();
    const print = (data: object) => views.renderPartial('ui/empty', { title: 'Nothing', ...data }, visit());
    expect(await print({ action: '/desk/search' })).not.toContain('<a ');
    expect(await print({ action: { text: 'Next', href: '/desk/next' } })).toContain(
      'href="/desk/next">Next</a>',
    );
  });

  it.each(['agent', 'setup', 'solo', 'portal'])(
    'the %s layout has a language, a title, one main part, the page inside and a way past the menu',
    async (layout) => {
      const pages = mkdtempSync(join(tmpdir(), 'pages-'));
      const source = `{{#> layout/${layout} title="Inbox"}}<h1>Inbox</h1>{{/layout/${layout}}}`;
      writeFileSync(join(pages, 'page.hbs'), source);
      const { views } = desk([{ owner: 'demo', dir: pages }]);
      const html = await views.render(
        'demo/page',
        { steps: samplesOf('layout/setup') },
        visit({ theme: 'dark' }),
      );
      expect(html.trimStart()).toMatch(/^<!doctype html>\s*<html lang="en" data-theme="dark">/);
      expect(html).toContain('<title>Inbox · Warm House</title>');
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html.match(/<main/g)).toHaveLength(1);
      expect(html.indexOf('class="skip" href="#main"')).toBeLessThan(html.indexOf('<h1>'));
      expect([...listMarkupProblems(html), ...unlabelled(html)]).toEqual([]);
      expect(repeatedIds(html)).toEqual([]);
    },
  );

  it('prints an error page in the frame of the theme', async () => {
    const { views } = desk();
    const html = await renderErrorPage(views, { status: 404 }, visit({ language: 'ru', theme: 'dark' }));
    expect(html).toMatch(/^<!doctype html>\n<html lang="ru" data-theme="dark">/);
    expect(html).toContain('<h1>Такой страницы нет</h1>');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.match(/<main/g)).toHaveLength(1);
    expect(html).toContain('class="skip" href="#main"');
    expect(listMarkupProblems(html)).toEqual([]);
  });

  it('says the same without a theme when the theme is broken', async () => {
    const failures: unknown[] = [];
    const texts = createTexts(['en']);
    const views = createViews({ texts, themes: [], folders: [coreViews] });
    const html = await renderErrorPage(views, { status: 500, reference: 'a41f' }, visit(), (error) =>
      failures.push(error),
    );
    expect(html).toContain('<h1>Something failed on our side</h1>');
    expect(html).toContain('a41f');
    expect(failures).toHaveLength(1);
  });

  it('says every colour once, for light and for dark, and follows the choice of the reader', () => {
    const css = readFileSync(join(dir, 'public', 'base.css'), 'utf8');
    const tokens = css.slice(0, css.indexOf('/* the colours that a desk can choose'));
    const names = [...tokens.matchAll(/(--[\w-]+):/g)].map(([, name = '']) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(
      tokens.replaceAll(/light-dark\((?:[^()]|\([^()]*\))*\)/g, '').match(/#[0-9a-f]{3,8}\b|rgb\(/g),
    ).toBeNull();
    expect(css).not.toContain('prefers-color-scheme');
    for (const theme of ['light', 'dark'])
      expect(css).toContain(`:root[data-theme="${theme}"] { color-scheme: ${theme}; }`);
  });

  it('has no colour below the tokens of a stylesheet but white paper for mail', () => {
    for (const name of ['agent.css', 'public.css']) {
      const css = readFileSync(join(dir, 'public', name), 'utf8');
      expect(css.replace('background: #fff;', '').match(/#[0-9a-f]{3,8}\b(?!-)/g) ?? []).toEqual([]);
    }
  });
});

function desk(folders: readonly ViewFolder[] = []) {
  const missing: unknown[] = [];
  const texts = createTexts(['ru', 'en'], { onMissing: (one) => missing.push(one) });
  texts.addTexts('ui', dir);
  texts.addTexts('core', coreTextsDir);
  return { texts, missing, views: createViews({ texts, themes: [dir], folders: [coreViews, ...folders] }) };
}

function visit(context: Partial<RenderContext> = {}): RenderContext {
  const assets = createAssets([{ dir: join(dir, 'public') }]);
  return {
    language: 'en',
    timeZone: 'Asia/Yekaterinburg',
    now: '2026-03-12T09:35:00.000Z',
    can: () => true,
    asset: (path) => assets.url(path),
    csrfToken: 'token',
    url: '/desk/all',
    page: pageFrame(),
    ...context,
  };
}

function pageFrame(): Record<string, unknown> {
  const frame = samples['@page'];
  return typeof frame === 'object' && frame !== null ? { ...frame } : {};
}

function samplesOf(name: string): unknown[] {
  const sample = samples[name];
  if (sample === undefined) throw new Error(`There is no sample for the partial ${name}`);
  return Array.isArray(sample) ? sample : [sample];
}

/** Controls without a name for a screen reader. */
function unlabelled(html: string): string[] {
  const controls = [...html.matchAll(/<(input|select|textarea|iframe)\b[^>]*>/g)].map((match) => ({
    tag: match[0],
    at: match.index,
  }));
  return controls
    .filter(({ tag, at }) => {
      if (/type="hidden"|aria-label="[^"]+"|\btitle="[^"]+"/.test(tag)) return false;
      const id = /\bid="([^"]+)"/.exec(tag)?.[1];
      if (id !== undefined && html.includes(`for="${id}"`)) return false;
      const before = html.slice(0, at);
      return before.lastIndexOf('<label') <= before.lastIndexOf('</label>');
    })
    .map(({ tag }) => tag)
    .concat(
      [
        ...html.matchAll(/<(button|a)\b(?![^>]*aria-label)[^>]*>(?:\s|<svg[^>]*><use[^>]*><\/svg>)*<\/\1>/g),
      ].map((match) => match[0]),
    );
}

function repeatedIds(html: string): string[] {
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? '');
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

// Words only: keys that choose markup keep their value, or the branches with the words would not be printed.
const CHOICES = new Set([
  'kind',
  'state',
  'tone',
  'icon',
  'place',
  'look',
  'priority',
  'dot',
  'at',
  'since',
  'until',
  'draftSavedAt',
  'n',
  'size',
]);

function poison(value: unknown, evil: string, key = ''): unknown {
  if (typeof value === 'string') return CHOICES.has(key) ? value : evil;
  if (Array.isArray(value)) return value.map((item) => poison(item, evil, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poison(inner, evil, name)]));
}

function readSamples(): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL('./shipped-theme.samples.json', import.meta.url), 'utf8'));
}

const SLOTS = [
  'nav.main',
  'inbox.filters',
  'inbox.bulk',
  'ticket.props',
  'composer.tools',
  'admin.nav',
  'user.menu',
  'popup',
];
