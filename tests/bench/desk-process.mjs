// The desk that is measured, in a process of its own: `desk-process.mjs <tickets> [<row>]`. What the row's file says under
// `atDesk` is added: its plugins, what it is filled with, orders. Prints one JSON line when ready.
import { createServer } from 'node:http';
import {
  askForLink,
  createApp,
  createLog,
  keepRaw,
  listAccounts,
  listLines,
  addAccount,
  resolveConfig,
  setUpCompany,
  isSetUp,
  signIn,
  useLink,
} from '@helpdesk/core';
import { desk } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import { portal } from '@helpdesk/plugin-portal';
import { seedDesk } from './seed-desk.mjs';

const tickets = Number(process.argv[2] ?? 0);
const row = process.argv[3] ?? '';
const { atDesk } = row ? await import(`./bench-${row}.mjs`) : { atDesk: {} };
const { plugins = () => [], works = true, seed, orders = {} } = atDesk;
// A plugin of the row's stands in for one that is always there.
const always = [desk(), email(), portal({}, { enabled: true })];
const added = plugins();
const isAdded = ({ id }) => added.some((one) => one.id === id);
// One proxy is trusted, so that pages can be asked for from many addresses.
const config = { plugins: [...always.filter((one) => !isAdded(one)), ...added], proxies: 1 };
const helpdesk = await createApp(resolveConfig(config, { flags: { port: 0 } }), {
  log: createLog('error', process.stderr),
});
const { app } = helpdesk;
const owner = { name: 'Olga', email: 'owner@desk.example', password: 'correct horse battery' };
let told = {};
if (!(await isSetUp(app))) {
  await setUpCompany(app, { company: 'Warm House', language: 'en', timeZone: 'UTC', owner, door: 'bench' });
  const [line] = await listLines(app.db);
  const accountId = await addAccount(app, {
    channel: 'email',
    lineId: line.id,
    name: 'Support',
    address: 'support@desk.example',
    config: { smtp: { host: '127.0.0.1', port: 9, secure: 'none' } },
    actor: { kind: 'system', id: 'bench' },
  });
  if (tickets > 0) await seedDesk(app, { tickets, agentId: 1, lineId: line.id, accountId });
  told = await seed?.(app, { tickets, lineId: line.id, accountId });
  if (app.database.engine === 'sqlite') await app.database.writer.raw('analyze');
}
const port = works ? (await helpdesk.listen()).port : await listenOnly();
const signed = await signIn(app, {
  email: owner.email,
  password: owner.password,
  ip: '127.0.0.1',
  device: 'bench',
});
const account = (await listAccounts(app.db)).find(({ channel }) => channel === 'email');
const link = await askForLink(app, { address: 'c5@client.example', ip: '' });
const visit = await useLink(app, { token: link.token, ip: '', device: 'bench' });
say({ port, token: signed.token, visitToken: visit.token, told });

// Letters come by standard input as base64, one a line; the answer is written when all are searchable tickets.
process.stdin.setEncoding('utf8');
let rest = '';
let count = 0;
for await (const piece of process.stdin) {
  const lines = (rest + piece).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    if (line.startsWith('order ')) say((await orders[line.slice('order '.length)](app)) ?? {});
    else if (line === 'drain' || line === 'settle') {
      // The desk's own workers do it; to look more often would be part of the figure.
      while (await app.db('intake').whereIn('state', ['received', 'processing']).first('id'))
        await new Promise((done) => setTimeout(done, 50));
      if (line === 'settle') await app.drain();
      say({ drained: true });
    } else
      await keepRaw(app, {
        account,
        externalId: `bench-${process.pid}-${count++}`,
        raw: Buffer.from(line, 'base64'),
      });
  }
}

function say(what) {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

/** Pages without workers. */
function listenOnly() {
  return new Promise((done) => {
    const server = createServer(helpdesk.callback());
    server.listen(0, '127.0.0.1', () => done(server.address().port));
  });
}
