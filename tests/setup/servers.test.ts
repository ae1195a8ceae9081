import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from './chromium.js';
import { engines, postgresUrl } from './engines.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

describe.skipIf(!engines.includes('postgres'))('the PostgreSQL of a test run', () => {
  it('is there for 200 connections, and stores Unicode', async () => {
    const client = new pg.Client({ connectionString: postgresUrl() });
    await client.connect();
    cleanups.push(() => client.end());
    expect((await client.query('show max_connections')).rows).toEqual([{ max_connections: '200' }]);
    expect((await client.query("select upper('жук') as word")).rows).toEqual([{ word: 'ЖУК' }]);
  });
});

describe.skipIf(!hasChromium)('the browser of a test run', () => {
  it('shows a page', async () => {
    const browser = await launchChromium();
    cleanups.push(() => browser.close());
    const page = await browser.newPage();
    await page.setContent('<h1>Здравствуйте</h1>');
    expect(await page.textContent('h1')).toBe('Здравствуйте');
  });
});
