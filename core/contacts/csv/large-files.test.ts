import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../testing/test-app.js';
import { testEngines } from '../../testing/test-database.js';
import { createContact } from '../actions/create-contact.js';
import { addIdentity } from '../actions/add-identity.js';
import { mergeContacts } from '../actions/merge-contacts.js';
import { csvLimits } from './csv-types.js';
import { findImport } from './csv-import.js';
import { exportContacts } from './export-contacts.js';
import { exportOrganizations } from './export-organizations.js';
import { forgetImport, forgetOldImports } from './forget-import.js';
import { importBench } from './import-bench.js';
import { listProblems } from './list-problems.js';
import { runPass } from './run-pass.js';
import { startRun, stopImport } from './start-pass.js';

const actor: Actor = { kind: 'system', id: 'test' };
const rowsOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => {
    const n = from + i;
    return `Person ${n},p${n}@client.example,+7912${String(1_000_000 + n)},Company ${n % 50},C-${n}`;
  });
const fileOf = (rows: readonly string[]) =>
  `Name,E-mail,Phone,Organization,External ID\n${rows.join('\n')}\n`;

describe.each(testEngines)('files on %s', (engine) => {
  let testApp: TestApp;
  let bench: ReturnType<typeof importBench>;
  beforeEach(async () => {
    testApp = await makeTestApp(engine);
    bench = importBench(testApp);
  });
  afterEach(() => testApp.close());

  const count = async (table: string) => Number((await testApp.db(table).count({ n: '*' }))[0]?.['n']);
  async function begun(content: string): Promise<{ importId: number; pass: number }> {
    const importId = await bench.begin(content);
    await bench.map(importId);
    await bench.check(importId);
    await startRun(bench.app, { importId, actor });
    return { importId, pass: (await findImport(testApp.db, importId)).pass };
  }
  const textOf = async (pieces: AsyncIterable<string>) => {
    let text = '';
    for await (const piece of pieces) text += piece;
    return text;
  };
  const table = { separator: ';' as const, words: (key: string) => bench.app.t('ru', key), actor };

  // Long enough for a machine that does other things as well.
  it('of 20,000 rows are taken in, and change nothing the second time', async () => {
    const rows = rowsOf(20_000);
    const first = await bench.take(fileOf(rows));
    expect(first.checked).toEqual({ new: 20_000, changed: 0, same: 0, refused: 0 });
    expect(first.written).toEqual(first.checked);
    expect([await count('contacts'), await count('identities'), await count('organizations')]).toEqual([
      20_000, 60_000, 50,
    ]);
    const importId = await bench.begin(fileOf(rows));
    await bench.map(importId, { overwrites: true });
    expect((await bench.check(importId)).checked).toEqual({ new: 0, changed: 0, same: 20_000, refused: 0 });
  }, 600_000);

  it('go on behind the last row that was written, after a stop, a crash and a restart', async () => {
    const { importId, pass } = await begun(fileOf([...rowsOf(450), 'Bad,no address,,,']));
    expect(await runPass(bench.app, { importId, pass, most: 100 })).toBe('more');
    expect(await findImport(testApp.db, importId)).toMatchObject({ line: 101, written: { new: 100 } });
    const stop = new AbortController();
    stop.abort(new Error('the process stops'));
    await expect(runPass(bench.app, { importId, pass, signal: stop.signal })).rejects.toThrow('stops');
    expect(await runPass(bench.app, { importId, pass, most: 200 })).toBe('more');
    await stopImport(bench.app, { importId });
    expect(await runPass(bench.app, { importId, pass })).toBe('ended');
    expect(await findImport(testApp.db, importId)).toMatchObject({ state: 'stopped', line: 301 });
    const done = await bench.run(importId);
    expect(done).toMatchObject({ state: 'done', line: 452, written: { new: 450, refused: 1, same: 0 } });
    expect(await count('contacts')).toBe(450);
    expect(await bench.run(importId).catch((error: Error) => error.message)).toBe('core.csv.import.settled');
  });

  it('are written once by two workers of one pass', async () => {
    const { importId, pass } = await begun(fileOf(rowsOf(400)));
    await Promise.all([1, 2].map(() => runPass(bench.app, { importId, pass })));
    await runPass(bench.app, { importId, pass });
    const { written, state } = await findImport(testApp.db, importId);
    expect({ written, state }).toEqual({
      written: { new: 400, changed: 0, same: 0, refused: 0 },
      state: 'done',
    });
    expect([await count('contacts'), await count('organizations')]).toEqual([400, 50]);
  });

  it('lose nobody while contacts are made, changed and merged beside them', async () => {
    const { importId, pass } = await begun(fileOf(rowsOf(600)));
    const ids: number[] = [];
    const make = (n: number) =>
      createContact(testApp, {
        name: `Person ${n}`,
        identities: [{ kind: 'email', value: `p${n}@client.example` }],
        actor,
      }).then(
        (id) => void ids.push(id),
        () => undefined,
      );
    const disturb = async () => {
      for (let n = 599; n > 0; n -= 20) {
        await make(n);
        const [goneId, keptId] = ids.slice(-2);
        if (keptId === undefined || goneId === undefined || ids.length % 3 !== 0) continue;
        await addIdentity(testApp, { contactId: keptId, kind: 'telegram', value: `t${n}`, actor }).catch(
          () => 0,
        );
        await mergeContacts(testApp, { keptId, goneId, actor }).catch(() => undefined);
      }
    };
    await Promise.all([runPass(bench.app, { importId, pass }), disturb()]);
    const { written, state } = await findImport(testApp.db, importId);
    expect(state).toBe('done');
    expect(written.new + written.changed + written.same + written.refused).toBe(600);
    const orphans = await testApp
      .db('identities')
      .join('contacts', 'contacts.id', 'identities.contactId')
      .whereNotNull('contacts.mergedIntoId')
      .select('identities.id');
    expect(orphans).toEqual([]);
    const mails: { normalised: string }[] = await testApp
      .db('identities')
      .where('kind', 'email')
      .select('normalised');
    const refused = new Set(
      (await listProblems(testApp.db, { importId, limit: 1000 })).map(({ line }) => line - 2),
    );
    const known = new Set(mails.map(({ normalised }) => normalised));
    for (let n = 0; n < 600; n += 1)
      if (!refused.has(n)) expect(known.has(`p${n}@client.example`), `row ${n}`).toBe(true);
  });

  it('carry rows with hundreds of values, batch by batch', async () => {
    const mails = (n: number) => Array.from({ length: 50 }, (_, i) => `m${n}-${i}@client.example`).join('; ');
    const rows = Array.from({ length: 60 }, (_, n) => `Person ${n},${mails(n)},Company ${n},Other ${n}`);
    const { written, problems } = await bench.take(
      `Name,E-mail,Organization,Organization 2\n${rows.join('\n')}\n`,
    );
    expect([problems, written]).toMatchObject([[], { new: 60 }]);
    const more = Array.from(
      { length: 60 },
      (_, n) => `Person ${n},${mails(n).replaceAll(/m(\d+-[1-9])/g, 'x$1')}`,
    );
    const second = await bench.take(`Name,E-mail\n${more.join('\n')}\n`);
    expect([second.problems, second.written]).toMatchObject([[], { changed: 60 }]);
    expect(await count('identities')).toBe(60 * 99);
  });

  it('go out and come back without changing anything, whatever stands in them', async () => {
    await bench.take(
      [
        'Name;E-mail;Phone;Telegram;Note;Organization;Domain;Role;Position;Organization 2;Role 2;External ID;Language;Time zone',
        `'=HYPERLINK("x");a@x.example; b@x.example;+79120000001, +79120000002;@ann;"a ""quoted""\nnote; with, all";'+Firm;firm.example;director;'-boss;Zwei;;X-1;de;Europe/Berlin`,
        `O'Neil;"o@x.example";;;'@note;;;private;;;;;;`,
      ]
        .join('\n')
        .replace('a@x.example; b@x.example', '"a@x.example; b@x.example"'),
    );
    await createContact(testApp, { name: ' No address at all, =1+1 ', identities: [], actor });
    await bench.take('Название;Домен;Заметка\n=Sum;sum.example;"-1\n+2"\n', { subject: 'organizations' });
    const before = await testApp.db('events').max({ id: 'id' });
    const people = await textOf(exportContacts(testApp, table));
    expect(people.startsWith('\uFEFFHelpdesk ID;Внешний код;Имя;E-mail;')).toBe(true);
    expect(people).toContain(`"'=HYPERLINK(""x"")"`);
    expect(people).toContain(`'+79120000001; +79120000002`);
    for (const line of people.split(/\r\n/))
      for (const cell of line.split(';')) expect(cell).not.toMatch(/^"?[=+\-@]/);
    const firms = await textOf(exportOrganizations(testApp, table));
    for (const overwrites of [false, true]) {
      const back = await bench.take(people, { overwrites });
      expect([back.problems, back.written]).toEqual([[], { new: 0, changed: 0, same: 3, refused: 0 }]);
      const own = await bench.take(firms, { overwrites, subject: 'organizations' });
      expect([own.problems, own.written]).toEqual([[], { new: 0, changed: 0, same: 3, refused: 0 }]);
    }
    const names: { name: string }[] = await testApp
      .db('events')
      .where('id', '>', Number(before[0]?.['id']))
      .distinct('name')
      .orderBy('name');
    expect(names.map(({ name }) => name)).toEqual(['contacts.exported', 'contacts.imported']);
    const elsewhere = await bench.take(people.replaceAll(/c(\d+)-/g, 'c9$1-'));
    expect([elsewhere.written, elsewhere.problems]).toEqual([
      { new: 0, changed: 0, same: 2, refused: 1 },
      ['4 email noKey'],
    ]);
  });

  it('go out whole, those that a search finds, without those merged; and end when the right is gone', async () => {
    await bench.take(fileOf(rowsOf(1200)));
    const [keptId, goneId] = [1, 2];
    await mergeContacts(testApp, { keptId, goneId, actor });
    const linesOf = (text: string) => text.trimEnd().split('\r\n').length - 1;
    expect(linesOf(await textOf(exportContacts(testApp, table)))).toBe(1199);
    expect(linesOf(await textOf(exportContacts(testApp, { ...table, query: 'p77@client.example' })))).toBe(1);
    expect(linesOf(await textOf(exportOrganizations(testApp, { ...table, query: 'company 1' })))).toBe(11);
    let pages = 0;
    const isAllowed = () => Promise.resolve((pages += 1) < 3);
    const got: string[] = [];
    const read = async () => {
      for await (const piece of exportContacts(testApp, { ...table, isAllowed })) got.push(piece);
    };
    await expect(read()).rejects.toThrow('right');
    expect(got).toHaveLength(3);
  });

  it('are refused when they are none', async () => {
    const fault = (content: string | Uint8Array) =>
      bench.begin(content).catch((error: { key: string }) => error.key);
    expect(await fault('')).toBe('core.csv.fault.empty');
    expect(await fault('Name,E-mail\n')).toBe('core.csv.fault.empty');
    expect(await fault(Buffer.from('PK\u0003\u0004 a workbook'))).toBe('core.csv.fault.packed');
    expect(await fault('Name,"E-mail\nx,y\n')).toBe('core.csv.fault.unclosed');
    expect(await fault(`Name\n${'x\n'.repeat(csvLimits.rows + 1)}`)).toBe('core.csv.fault.rows');
    const piece = Buffer.alloc(1024 * 1024, 'x\n');
    const large = Readable.from(Array<Buffer>(51).fill(piece));
    const key = await bench.begin('', { content: large }).catch((error: { key: string }) => error.key);
    expect(key).toBe('core.csv.fault.bytes');
    expect(await count('contact_imports')).toBe(0);
    const kept = (await readdir(testApp.folder, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile() && entry.parentPath.includes('files'),
    );
    expect(kept).toEqual([]);
  });

  it('are forgotten by hand and after thirty days, with what was wrong in them; numbers stay', async () => {
    const one = await bench.take('Name,E-mail\nAnn,nobody\n');
    const other = await bench.take('Name,E-mail\nAnn,nobody\n');
    expect(await forgetImport(testApp, one.importId)).toBe(true);
    expect(await forgetImport(testApp, one.importId)).toBe(false);
    expect(await listProblems(testApp.db, { importId: one.importId })).toEqual([]);
    const { sha256 } = await findImport(testApp.db, other.importId);
    expect(await testApp.files.exists(sha256 ?? '')).toBe(true);
    testApp.clock.pass(29 * 24 * 3_600_000);
    expect(await forgetOldImports(testApp)).toBe(0);
    testApp.clock.pass(2 * 24 * 3_600_000);
    expect(await forgetOldImports(testApp)).toBe(1);
    expect(await testApp.files.exists(sha256 ?? '')).toBe(false);
    expect(await findImport(testApp.db, other.importId)).toMatchObject({
      sha256: null,
      written: { refused: 1 },
    });
    expect(await bench.run(one.importId).catch((error: Error) => error.message)).toBe(
      'core.csv.import.settled',
    );
  });
});
