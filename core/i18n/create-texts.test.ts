import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createTexts } from './create-texts.js';

describe('texts', () => {
  it('chooses the plural form of the language', () => {
    const texts = shopTexts();
    const say = (count: number) => texts.t('ru', 'shop.requests', { count });
    expect([1, 2, 5, 21, 11].map(say)).toEqual([
      '1 обращение',
      '2 обращения',
      '5 обращений',
      '21 обращение',
      '11 обращений',
    ]);
    expect(texts.t('en', 'shop.requests', { count: 1 })).toBe('1 request');
    expect(texts.t('en', 'shop.requests', { count: 1200 })).toBe('1,200 requests');
  });

  it('takes nested keys and fills in values', () => {
    expect(shopTexts().t('ru', 'shop.nav.hello', { name: 'Анна' })).toBe('Привет, Анна');
    expect(shopTexts().t('ru', 'shop.nav.hello', { name: undefined })).toBe('Привет, ');
    expect(shopTexts().t('ru', 'shop.nav.hello', JSON.parse('{"toString":1}'))).toBe('Привет, ');
  });

  it('falls back from a regional language to its base, then to English, then to the key', () => {
    const missing: unknown[] = [];
    const texts = shopTexts((one) => missing.push(one));
    expect(texts.t('ru-BY', 'shop.nav.hello', { name: 'Я' })).toBe('Привет, Я');
    expect(texts.t('ru', 'shop.only')).toBe('English only');
    expect(texts.t('ru', 'shop.nowhere')).toBe('shop.nowhere');
    expect(texts.t('ru', 'shop.nowhere')).toBe('shop.nowhere');
    expect(missing).toEqual([{ language: 'ru', key: 'shop.nowhere' }]);
  });

  it('names what a language lacks, plural forms included', () => {
    expect(shopTexts().missing()).toEqual([{ language: 'ru', keys: ['shop.only', 'shop.requests_other'] }]);
  });

  it('does not prefix keys twice', () => {
    const texts = createTexts(['en']);
    texts.addTexts('shop', writeTexts({ en: { shop: { title: 'Shop' } } }));
    expect(texts.t('en', 'shop.title')).toBe('Shop');
  });

  it('names the file that is not a tree of texts', () => {
    const dir = writeTexts({ en: { title: 4 } });
    expect(() => createTexts(['en']).addTexts('shop', dir)).toThrow(/en\.json .*"title"/);
  });
});

function shopTexts(onMissing?: (missing: unknown) => void) {
  const texts = createTexts(['ru', 'en'], onMissing ? { onMissing } : {});
  const dir = writeTexts({
    en: {
      requests_one: '{{count, number}} request',
      requests_other: '{{count, number}} requests',
      nav: { hello: 'Hello, {{name}}' },
      only: 'English only',
    },
    ru: {
      requests_one: '{{count}} обращение',
      requests_few: '{{count}} обращения',
      requests_many: '{{count}} обращений',
      'nav.hello': 'Привет, {{name}}',
    },
  });
  texts.addTexts('shop', dir);
  return texts;
}

function writeTexts(files: Record<string, unknown>): string {
  const dir = mkdtempSync(join(tmpdir(), 'texts-'));
  mkdirSync(join(dir, 'locales'));
  for (const [language, texts] of Object.entries(files)) {
    writeFileSync(join(dir, 'locales', `${language}.json`), JSON.stringify(texts));
  }
  return dir;
}
