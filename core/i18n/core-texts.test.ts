import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { corePermissions } from '../agents/permissions.js';
import { companySettings } from '../config/company-settings.js';
import { errors } from '../errors/errors.js';
import { coreTextsDir } from '../views/core-views.js';
import { createTexts } from './create-texts.js';

const texts = createTexts(['ru', 'en']);
texts.addTexts('core', coreTextsDir);
const folder = join(import.meta.dirname, '..');

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test|\.d)\.ts$/.test(name) && !/^(dist|node_modules)\b/.test(name))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

it('has a text for every key that core names', () => {
  const named = [...sources.matchAll(/'(core\.[a-z]\w*\.[\w.]+)'/g)].map(([, key = '']) => key);
  const passwords = [...sources.matchAll(/\bno\('(\w+)'\)/g)].map(([, key]) => `core.password.${key}`);
  const keys = [...new Set([...named, ...passwords, ...corePermissions.map(({ text }) => text)])];
  expect(keys.length).toBeGreaterThan(60);
  expect(keys.filter((key) => !texts.has(key))).toEqual([]);
});

it('explains every error that a visitor may meet', () => {
  const met = Object.entries(errors.$table as Readonly<Record<string, { status?: number }>>).filter(
    ([, { status }]) => status !== undefined && status < 500,
  );
  expect(met.length).toBeGreaterThan(20);
  expect(met.map(([code]) => `core.problem.${code}`).filter((key) => !texts.has(key))).toEqual([]);
});

it.each(['ru', 'en'])('fills in only what an error tells (%s)', (language) => {
  const file = join(coreTextsDir, 'locales', `${language}.problems.json`);
  const { problem } = JSON.parse(readFileSync(file, 'utf8')) as { problem: Record<string, string> };
  const table: Readonly<Record<string, { message: string; fix: string } | undefined>> = errors.$table;
  const untold = Object.entries(problem).filter(([code, text]) => {
    const words = `${table[code]?.message} ${table[code]?.fix}`;
    const wanted = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => `{${name}}`);
    return !wanted.every((name) => words.includes(name));
  });
  expect(untold).toEqual([]);
});

it('names every setting of the company and each of its choices', () => {
  const labels = Object.values(companySettings).flatMap((setting) => [setting.label, setting.group ?? '']);
  const choices = Object.values(companySettings).flatMap((setting) =>
    (setting.choices ?? []).map((choice: string) => `${setting.label}.${choice}`),
  );
  expect([...labels, ...choices].filter((key) => key !== '' && !texts.has(key))).toEqual([]);
});

it('is complete in Russian and English', () => {
  expect(texts.missing()).toEqual([]);
});
