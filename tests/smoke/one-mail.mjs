// Starts the built desk on the Node that runs this file, and passes one mail through: in by the command, answered over
// HTTP, and counted. Node alone, no test runner: `node tests/smoke/one-mail.mjs`.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const bin = join(root, 'cli/bin/helpdesk.js');
const folder = mkdtempSync(join(tmpdir(), 'helpdesk-smoke-'));
const env = { ...process.env, HELPDESK_DATA: folder };
delete env.DATABASE_URL;
const owner = { email: 'owner@desk.example', password: 'correct horse battery' };

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`helpdesk ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

async function waitFor(url) {
  for (let i = 0; i < 300; i++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${url} did not answer`);
}

let desk;
try {
  run(
    'init',
    '--yes',
    '--company',
    'Warm House',
    '--owner-email',
    owner.email,
    '--owner-password',
    owner.password,
  );
  const mail = join(folder, 'one.eml');
  writeFileSync(
    mail,
    'From: Carla <carla@client.example>\r\nTo: help@desk.example\r\nSubject: Cold heater\r\nMessage-ID: <one@x>\r\n\r\nIt is cold.\r\n',
  );
  run('import-mail', mail);
  const port = await freePort();
  desk = spawn(process.execPath, [bin, 'start', '--port', String(port)], { cwd: root, env, stdio: 'ignore' });
  await waitFor(`http://127.0.0.1:${port}/health`);
  const base = `http://127.0.0.1:${port}`;
  const headers = {
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'text/html',
  };
  const signed = await fetch(`${base}/desk/sign-in`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(owner),
    redirect: 'manual',
  });
  const cookie = signed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const inbox = await (
    await fetch(`${base}/desk/inbox`, { headers: { cookie, accept: 'text/html' } })
  ).text();
  if (!inbox.includes('Cold heater')) throw new Error('the mail is not in the inbox');
  const note = new URLSearchParams({ via: 'note', body: 'Seen on this Node.', _once: 'smoke' });
  const noted = await fetch(`${base}/desk/tickets/1/reply`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: note,
    redirect: 'manual',
  });
  if (noted.status !== 303) throw new Error(`the note was not taken: ${noted.status}`);
  const page = await (
    await fetch(`${base}/desk/tickets/1`, { headers: { cookie, accept: 'text/html' } })
  ).text();
  if (!page.includes('Seen on this Node.')) throw new Error('the note is not on the page');
  console.log(`one mail through the built desk on Node ${process.version}: ok`);
} finally {
  if (desk) {
    desk.kill('SIGTERM');
    await new Promise((done) => desk.once('exit', done));
  }
  rmSync(folder, { recursive: true, force: true });
}
