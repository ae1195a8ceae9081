import { PassThrough } from 'node:stream';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  readReport,
  readTotals,
  listSearchedInVain,
} from '../../plugins/knowledge-base/report/read-report.js';
import { forgetSearches } from '../../plugins/knowledge-base/avoided/settle-reads.js';
import { sampleCommand } from '../../plugins/knowledge-base/sample/sample-command.js';
import { keepSearch } from '../../plugins/knowledge-base/search/note-search.js';
import { searchArticles } from '../../plugins/knowledge-base/search/search-articles.js';
import { startKbDesk, type KbDesk } from './kb-desk.js';

const DAY = 24 * 3_600_000;

describe.each(testEngines)('the report about articles on %s', (engine) => {
  let at: KbDesk;
  beforeAll(async () => {
    at = await startKbDesk({ engine });
  });
  afterAll(() => at?.close());

  it('counts views, answers, tickets avoided and what was searched in vain, by days', async () => {
    const { path, articleId, textId } = await at.article('Counted');
    const period = { from: '2026-03-10', to: '2026-03-12' };
    for (const mark of ['1', '2', '3']) {
      const reader = at.customer(mark.repeat(22));
      await reader.get(path);
      await reader.post(`${path}/helpful`, {
        helpful: mark === '3' ? 'no' : 'yes',
        comment: mark === '3' ? 'A <picture>' : '',
      });
    }
    await at.settled();
    for (const [state, contactId] of [
      ['avoided', 1],
      ['avoided', 2],
      ['followed', 3],
      ['unknown', null],
    ] as const)
      await at.app.database.writer('kb_reads').insert({
        reader: state,
        contactId,
        articleId,
        via: 'search',
        at: at.app.now().toISOString(),
        dueAt: at.app.now().toISOString(),
        state,
      });
    await keepSearch(at.app, { query: '  Под  ПОЛОМ ', language: 'ru', results: 0 });
    await keepSearch(at.app, { query: 'под полом', language: 'ru', results: 0 });
    await keepSearch(at.app, { query: 'found later', language: 'en', results: 0 });
    await keepSearch(at.app, { query: 'found later', language: 'en', results: 2 });
    expect(await readReport(at.app.db, period)).toMatchObject([
      { articleId, title: 'Counted', views: 3, answers: 3, helpful: 2, avoided: 2 },
    ]);
    expect(await readTotals(at.app.db, period)).toEqual({
      views: 3,
      answers: 3,
      helpful: 2,
      avoided: 2,
      followed: 1,
      unknown: 1,
    });
    expect(await listSearchedInVain(at.app.db, period)).toMatchObject([{ phrase: 'под полом', searches: 2 }]);
    expect(await readTotals(at.app.db, { from: '2026-03-01', to: '2026-03-11' })).toMatchObject({
      views: 0,
      answers: 0,
    });
    const html = await (await at.owner()).text('/desk/knowledge-base/report');
    expect(html).toContain('A &lt;picture&gt;');
    expect(html).toContain('%D0%BF%D0%BE%D0%B4');
    expect(textId).toBeGreaterThan(0);
  });

  it('forgets what was searched for longer ago than it goes back', async () => {
    at.desk.clock.pass(401 * DAY);
    await keepSearch(at.app, { query: 'new', language: 'en', results: 1 });
    await forgetSearches(at.app);
    expect(await at.app.db('kb_searches').select('phrase')).toEqual([{ phrase: 'new' }]);
  });

  it('the command writes articles to look at, once', async () => {
    const run = async () => {
      const output = new PassThrough();
      const input = { args: [], options: {}, input: new PassThrough(), output, errors: output, app: at.app };
      if (sampleCommand.needs !== 'app') throw new Error('it needs the desk');
      await sampleCommand.run(input);
      return String(output.read());
    };
    expect(await run()).toContain('8 articles');
    expect(await run()).toContain('already');
    expect(await at.customer().text('/help')).toContain('Delivery and returns');
    expect(await at.app.db('kb_articles').whereNot({ visibility: 'public' }).count({ n: '*' })).toMatchObject(
      [{ n: 1 }],
    );
  });

  it('a search asks the index first, also when the database knows how large its tables are', async () => {
    if (engine !== 'sqlite') return;
    await at.app.database.writer.raw('analyze');
    const asked: { sql: string; bindings: unknown[] }[] = [];
    const note = (query: { sql: string; bindings: unknown[] }) => void asked.push(query);
    at.app.db.on('query', note);
    await searchArticles(at.app, { query: 'thermostat boiler', language: 'en', scope: ['public'] });
    at.app.db.off('query', note);
    const ofIndex = asked.filter(({ sql }) => sql.includes('match'));
    expect(ofIndex.length).toBeGreaterThan(0);
    for (const { sql, bindings } of ofIndex) {
      const plan: { detail: string }[] = await at.app.db.raw(
        `explain query plan ${sql}`,
        bindings as string[],
      );
      expect(plan[0]?.detail).toContain('SCAN kb_search VIRTUAL TABLE');
    }
  });
});
