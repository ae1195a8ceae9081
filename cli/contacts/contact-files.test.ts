import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

// A desk of its own, whatever this machine says of another one.
const ownEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(PORT|HOST|LOG_LEVEL|DATABASE_URL|HELPDESK_)/.test(name)),
);

describe('contacts on the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-contacts-'));
    await writeFile(join(folder, 'empty.config.mjs'), 'export default {};\n');
    const owner = ['--owner-email', 'o@x.example', '--owner-password', 'correct horse battery'];
    await helpdesk('init', '--yes', ...owner, '--language', 'en', '--company', 'Acme');
    await writeFile(join(folder, 'people.csv'), 'Имя;Почта;Who\nAnn;ann@client.example;A-1\nBob;none;B-1\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function helpdesk(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const place = ['--config', join(folder, 'empty.config.mjs'), '--data', join(folder, 'desk')];
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=@helpdesk/source', main, ...args, ...place],
      {
        cwd: root,
        env: ownEnvironment,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [out, err] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
  }
  const take = (...more: string[]) =>
    helpdesk('import-contacts', join(folder, 'people.csv'), '--column', 'Who=external', ...more);

  it('are checked, and written when that is asked for', async () => {
    const checked = await take();
    expect(checked.err).toBe('');
    expect(checked.out).toContain('Почта → email');
    expect(checked.out).toContain('Row 3, email: This is not an e-mail address. none');
    expect(checked.out).toContain(
      'It would be: 1 new, 0 changed, 0 as they are, 1 left out. Nothing was written',
    );
    const written = await take('--write', '--problems', join(folder, 'problems.csv'));
    expect(written.out).toContain('Written: 1 new');
    expect(await readFile(join(folder, 'problems.csv'), 'utf8')).toContain(
      '3,E-mail,This is not an e-mail address.,none',
    );
  });

  it('are the same the second time', async () => {
    await take('--write');
    const again = await take('--write', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ state: 'done', new: 0, same: 1, refused: 1 });
  });

  it('are written into a new file that nobody else reads', async () => {
    const place = join(folder, 'out.csv');
    const answer = await helpdesk('export-contacts', '--output', place);
    expect([answer.code, answer.err]).toEqual([0, '']);
    expect((await stat(place)).mode & 0o077).toBe(0);
    expect(await readFile(place, 'utf8')).toMatch(/,A-1,Ann,ann@client\.example,/);
    expect(await helpdesk('export-contacts', '--output', place)).toMatchObject({
      code: 1,
      err: expect.stringContaining('exists already') as unknown,
    });
  });

  it('are printed in the language and with the separator that are asked for', async () => {
    const printed = await helpdesk('export-contacts', '--separator', 'semicolon', '--language', 'ru');
    expect(printed.out).toContain('Helpdesk ID;Внешний код;Имя;E-mail');
    expect((await helpdesk('export-contacts', '--organizations')).out).toContain(
      'Helpdesk ID,Name,Domain,Note',
    );
  });

  it('say what is wrong with the wrong use', async () => {
    expect(await helpdesk('import-contacts', join(folder, 'nowhere.csv'))).toMatchObject({ code: 2 });
    expect((await take('--column', 'Nobody=name')).err).toContain('There is no column "Nobody"');
    expect((await take('--column', 'Who=king')).err).toContain('There is no such field. (king)');
    await writeFile(join(folder, 'book.csv'), 'PK\u0003\u0004');
    expect((await helpdesk('import-contacts', join(folder, 'book.csv'))).err).toContain('workbook');
  });
});
