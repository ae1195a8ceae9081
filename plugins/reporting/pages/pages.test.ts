import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  addAgent,
  assignTicket,
  createContact,
  createLine,
  createRole,
  definePlugin,
  openTicket,
  solveTicket,
  tagTicket,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv, readKpis, readTable, visitAs } from '../../../tests/reporting/visit.js';
import { factsOf } from '../contract.js';
import { reporting } from '../index.js';

const HOUR = 3_600_000;
const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const PAGES = [
  '',
  '/team',
  '/stalls',
  '/lens',
  '/explore',
  '/tickets',
  '/tickets.csv',
  '/spells.csv',
  '/mine',
];

/** A plugin that keeps a mood for each ticket in a table of its own. */
async function moods(folder: string) {
  const manifest = { name: 'plugin-moods', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const facts = factsOf('moods');
  const plugin = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
    provides: { facts },
    migrations: [
      {
        name: '2026-11-24-create-moods',
        up: (schema) =>
          schema.createTable('moods_tickets', (t) => {
            t.bigInteger('ticketId').primary();
            t.integer('mood').notNullable();
          }),
      },
    ],
    register: ({ provide }) =>
      provide(facts, {
        tables: [
          {
            moment: 'openedAt',
            rows: ({ db }) => db('moods_tickets').select('ticketId', 'mood'),
            measures: [{ key: 'moods.mood', label: 'ui.more', unit: 'score', column: 'mood' }],
          },
          {
            moment: 'openedAt',
            rows: ({ db }) => db('moods_that_are_not_there').select('ticketId'),
            measures: [{ key: 'moods.broken', label: 'ui.previous', unit: 'count' }],
          },
        ],
        dimensions: [
          {
            key: 'moods.weather',
            label: 'ui.skip',
            rows: ({ db }) =>
              db('moods_tickets').select(
                'ticketId',
                db.raw(`case when mood > 2 then 'sun' else 'rain' end as value`),
              ),
            names: (_, values) => Promise.resolve(new Map(values.map((value) => [value, `<${value}>`]))),
          },
        ],
      }),
  });
  return plugin({}, { enabled: true });
}

describe.each(testEngines)('reports on %s', (engine) => {
  let desk: TestDesk;
  let folder = '';
  let get: (path: string) => Promise<Response>;
  let heating = 0;
  const ids: number[] = [];
  const page = async (path: string) => (await get(`/desk/reporting${path}`)).text();

  async function account(role: string, lineIds: number[] | null) {
    const who = {
      email: `${role}-${lineIds?.length ?? 0}@helpdesk.example`,
      password: 'correct horse battery',
    };
    const place = lineIds ? { sees: 'lines' as const, lineIds } : {};
    const made = await addAgent(desk.app, { ...who, ...place, name: 'Ivan One', role, actor });
    if (!made.ok) throw new Error(made.because);
    return { ...who, id: made.agent.id };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-moods-'));
    const plugins = [workspace(), await moods(folder), reporting({}, { enabled: true })];
    desk = await startTestDesk({ engine, config: { plugins } });
    const line = await createLine(desk.app, { name: '=cmd <b>', actor });
    if (!line.ok) throw new Error('no line');
    heating = line.lineId;
    const contactId = await createContact(desk.app, { name: 'Ann', identities: [], actor });
    for (let i = 0; i < 12; i += 1) {
      const { ticketId } = await openTicket(desk.app, {
        contactId,
        lineId: i % 3 === 0 ? heating : 1,
        subject: 'The <i>boiler</i>',
        text: 'Help!',
        agentId: desk.owner.id,
        first: { kind: 'heard', channel: 'phone' },
        actor,
      });
      ids.push(ticketId);
      desk.clock.pass(HOUR);
      if (i % 2 === 0) await solveTicket(desk.app, { ticketId, actor: { kind: 'agent', id: desk.owner.id } });
    }
    await tagTicket(desk.app, { ticketId: ids[0] ?? 0, tag: '@SUM(1)', actor });
    const { writer } = desk.app.database;
    await writer('moods_tickets').insert(ids.map((ticketId, i) => ({ ticketId, mood: i % 2 === 0 ? 4 : 1 })));
    await desk.drain();
    get = await visitAs(desk);
  });
  afterAll(async () => {
    await desk?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows what came and what was solved, and escapes what people wrote', async () => {
    expect(readKpis(await page(''))).toMatchObject({
      'New tickets': '12',
      'Time to solve': '1\u00a0h',
      'Open now': '6',
    });
    const html = await page('/explore?measure=opened&by=line');
    expect(html).toContain('&#x3D;cmd &lt;b&gt;');
    expect(await page('/tickets?measure=opened')).toContain('The &lt;i&gt;boiler&lt;/i&gt;');
  });

  it('compares two dimensions, and each cell leads to as many tickets', async () => {
    const html = await page('/explore?measure=solved&by=line&by2=solvedBy');
    const [row] = readTable(html, 'Solved: by Line and Solved by');
    expect(row?.slice(1)).toEqual(['4', '4']);
    const href = /href="([^"]*reporting\/tickets\?[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const list = await (await get(href.replaceAll('&#x3D;', '='))).text();
    expect(list).toContain('4 tickets');
  });

  it('takes measures and dimensions of other plugins, in figures, groups and files', async () => {
    const html = await page('/explore?measure=moods.mood&by=moods.weather');
    expect(html).toContain('&lt;sun&gt;');
    const all = readCsv(await page('/tickets.csv'));
    const sun = all.filter((row) => row['moods.weather'] === 'sun').map((row) => Number(row['moods.mood']));
    expect(sun.length).toBe(6);
    const words = (key: string) => desk.app.t('en', key);
    const rows = readTable(html, `${words('ui.more')}: by ${words('ui.skip')}`);
    expect(rows.find(([head]) => head === '&lt;sun&gt;')?.[1]).toBe('4');
    expect(await page('/lens?by=moods.weather')).toContain(`Largest difference: ${words('ui.more')}`);
  });

  it('gives nobody figures or files without the permission; own results to everybody', async () => {
    const agent = await visitAs(desk, await account('agent', null));
    for (const path of PAGES)
      expect([path, (await agent(`/desk/reporting${path}`)).status]).toEqual([
        path,
        path === '/mine' ? 200 : 403,
      ]);
    const stranger = (path: string) => fetch(`${desk.url}/desk/reporting${path}`, { redirect: 'manual' });
    for (const path of PAGES) expect((await stranger(path)).status).toBe(303);
  });

  it('counts for an agent of one line the tickets of that line alone, everywhere', async () => {
    const role = await createRole(desk.app, {
      name: 'Reader',
      permissions: ['tickets.read', 'reporting.read', 'reporting.export'],
      actor,
    });
    if (!role.ok) throw new Error('no role');
    const reader = await visitAs(desk, await account(role.role.key, [heating]));
    const read = async (path: string) => (await reader(`/desk/reporting${path}`)).text();
    expect(readKpis(await read(''))['New tickets']).toBe('4');
    expect(readTable(await read('/explore?measure=opened&by=line'), 'New tickets: by Line').length).toBe(1);
    expect(readTable(await read('/stalls'), 'Where it stalls').map((cells) => [cells[3], cells[6]])).toEqual([
      ['2', '2'],
    ]);
    const files = [readCsv(await read('/tickets.csv?all=1')), readCsv(await read('/spells.csv?all=1'))];
    for (const rows of files) expect(new Set(rows.map((row) => row['ticketId'])).size).toBe(4);
    expect(new Set(files[0]?.map((row) => row['lineId']))).toEqual(new Set([String(heating)]));
  });

  it('guards the cells of a file against formulas', async () => {
    const text = await page('/tickets.csv');
    expect(text).toContain(",'=cmd <b>,");
    expect(text).toContain(",'@SUM(1),");
    expect(text).toMatch(/^ticketId,number,/);
    const bytes = await (await get('/desk/reporting/tickets.csv')).arrayBuffer();
    expect(Buffer.from(bytes).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('shows somebody what he did himself', async () => {
    await assignTicket(desk.app, { ticketId: ids[1] ?? 0, assigneeId: desk.owner.id, actor });
    await desk.drain();
    const html = await page('/mine');
    expect(readKpis(html)).toMatchObject({ Solved: '6', 'Open now': '1' });
    expect(readTable(html, 'Beside myself before and everybody')[1]?.slice(0, 2)).toEqual([
      'Time to solve',
      '1\u00a0h',
    ]);
  });

  it('takes any address without falling over', async () => {
    for (const query of [
      'measure=no&by=no&f=no:1&f=line',
      'from=2026-13-01&to=x',
      'by=tag&by2=tag',
      'by=hour&by2=weekday',
      'f=line:',
      'g=%00&by=contact',
      'after=-5',
    ])
      for (const path of ['', '/team', '/stalls', '/lens', '/explore', '/tickets'])
        expect([path, query, (await get(`/desk/reporting${path}?${query}`)).status]).toEqual([
          path,
          query,
          200,
        ]);
  });
});

describe('reports without anything to report', () => {
  it.each(['en', 'ru'] as const)('say so in %s', async (language) => {
    const desk = await startTestDesk({
      language,
      config: { plugins: [workspace(), reporting({}, { enabled: true })] },
    });
    try {
      const get = await visitAs(desk);
      for (const path of PAGES) {
        const answer = await get(`/desk/reporting${path}`);
        const html = await answer.text();
        expect([path, answer.status]).toEqual([path, 200]);
        // A text that is missing prints its key.
        expect([
          path,
          /reporting\.[a-z]+\.?[a-zA-Z]*(?=[<"])/.exec(html.replaceAll(/(href|src|action)="[^"]*"/g, '')),
        ]).toEqual([path, null]);
      }
      expect(await (await get('/desk/reporting')).text()).toContain(
        language === 'ru' ? 'Обращений ещё нет' : 'No tickets yet',
      );
    } finally {
      await desk.close();
    }
  });
});
