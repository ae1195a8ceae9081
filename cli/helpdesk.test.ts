import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// From the sources, so that no build is needed; bin/helpdesk.js adds only the build.
const main = fileURLToPath(new URL('main.ts', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const password = 'correct horse battery';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-cli-'));
  await writeFile(join(folder, 'empty.config.mjs'), 'export default {};\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function begin(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(PORT|HOST|LOG_LEVEL|DATABASE_URL|HELPDESK_)/.test(name),
    ),
  );
  return spawn(process.execPath, ['--import', 'tsx', '--conditions=@helpdesk/source', main, ...args], {
    cwd: root,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (err += text.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

const helpdesk = (args: readonly string[], env?: NodeJS.ProcessEnv) => ended(begin(args, env));
const inDesk = (name: string) => ['--config', join(folder, 'empty.config.mjs'), '--data', join(folder, name)];

/** Waits for a line of stdout. */
function line(child: ChildProcess, pattern: RegExp): Promise<string> {
  let seen = '';
  return new Promise((done, failed) => {
    child.stdout?.on('data', (text: Buffer) => {
      seen += text.toString();
      const found = pattern.exec(seen);
      if (found) done(found[0]);
    });
    child.on('close', () => failed(new Error(`ended without ${pattern}: ${seen}`)));
  });
}

describe('helpdesk', () => {
  it('lists its commands, and names the wrong ones', async () => {
    const help = await helpdesk(['--help', '--config', join(folder, 'empty.config.mjs')]);
    expect(help.code).toBe(0);
    for (const name of ['start', 'init', 'doctor', 'demo', 'import-mail']) expect(help.out).toContain(name);
    const wrong = await helpdesk(['strat']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('Did you mean start?');
  });

  it('says what is wrong with the wrong use, also as JSON', async () => {
    const words = await helpdesk(['start', '--port', 'many']);
    expect(words.code).toBe(2);
    expect(words.err).toContain('whole number');
    const json = await helpdesk(['init', '--yes', '--json', ...inDesk('usage')]);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'USAGE' } });
  });

  it('tells a broken config by its name, without a stack', async () => {
    const file = join(folder, 'broken.config.mjs');
    await writeFile(file, 'export default { port: "x", nmae: "Acme" };\n');
    const { code, err } = await helpdesk(['migrate', '--config', file]);
    expect(code).toBe(1);
    expect(err).toContain('- port:');
    expect(err).toContain('→ ');
    expect(err).not.toContain('    at ');
    const missing = await helpdesk(['migrate', '--json', '--config', join(folder, 'nowhere.ts')]);
    expect(JSON.parse(missing.out)).toMatchObject({ error: { code: 'CONFIG_MISSING' } });
  });
});

describe('a desk from the command line', () => {
  it('starts, shows the way into the setup, and stops when it is told', async () => {
    const child = begin(['start', '--port', '0', ...inDesk('fresh')]);
    const end = ended(child);
    const url = await line(child, /http:\S+\/setup\?code=[\w-]{22}/);
    const health = await fetch(new URL('/health', url));
    expect(health.status).toBe(200);
    const code = await readFile(join(folder, 'fresh', 'setup-code'), 'utf8');
    expect(url).toContain(code.trim());
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
  });

  it('says when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, err } = await helpdesk(['start', '--port', String(port), ...inDesk('fresh')]);
    other.close();
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port}`);
    expect(err).toContain('--port');
  });

  it('is set up once, and takes people on', async () => {
    const at = inDesk('team');
    const early = await helpdesk(['add-agent', '--email', 'ann@a.example', '--password', password, ...at]);
    expect(early.err).toContain('helpdesk init');
    const owner = ['--owner-email', 'olga@a.example', '--owner-password', password];
    const made = await helpdesk(['init', '--yes', ...owner, '--company', 'Acme', '--json', ...at]);
    expect(JSON.parse(made.out)).toEqual({ owner: 'olga@a.example', company: 'Acme' });
    expect((await helpdesk(['init', '--yes', ...owner, ...at])).code).toBe(1);
    const weak = await helpdesk(['add-agent', '--email', 'ann@a.example', '--password', 'short', ...at]);
    expect(weak).toMatchObject({ code: 1, err: expect.stringContaining('at least 8') });
    const added = await helpdesk(['add-agent', '--email', 'ann@a.example', '--json', ...at], {
      HELPDESK_AGENT_PASSWORD: password,
    });
    expect(JSON.parse(added.out)).toMatchObject({ email: 'ann@a.example', role: 'agent' });
    const doctor = await helpdesk(['doctor', '--json', ...at]);
    expect(doctor.code).toBe(0);
    expect(JSON.parse(doctor.out)).toMatchObject({ ok: true });
    expect((await stat(join(folder, 'team', 'secret.key'))).mode & 0o777).toBe(0o600);
  });

  it('is filled with a year of history, but not twice', async () => {
    const at = inDesk('demo');
    const filled = await helpdesk(['demo', '--tickets', '40', '--language', 'en', '--json', ...at]);
    expect(JSON.parse(filled.out)).toMatchObject({ tickets: 40, owner: 'owner@warmhouse.example' });
    const again = await helpdesk(['demo', '--tickets', '5', ...at]);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('--append') });
    const more = await helpdesk([
      'demo',
      '--tickets',
      '5',
      '--seed',
      '2',
      '--language',
      'en',
      '--append',
      ...at,
    ]);
    expect(more.code).toBe(0);
  });
});
