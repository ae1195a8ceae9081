// A desk in a process of its own, built, so that tests can kill it. Commands come by standard input, one JSON a line:
// {"reply": ticketId, "key": "…"} answers {"replied": messageId}; {"pass": ms} moves its clock on and answers {"passed": ms};
// {"hang": "point:n"} stops the process, as SIGSTOP does, when it passes that point for the nth time from now on; {"stop": true}.
import { createInterface } from 'node:readline';
import {
  answerTicket,
  createApp,
  createLog,
  isSetUp,
  listAccounts,
  listLines,
  resolveConfig,
  setUpCompany,
} from '@helpdesk/core';
import { mailboxSetup } from '@helpdesk/core/contracts';
import { email } from '@helpdesk/plugin-email';

const { IMAP_PORT, SMTP_PORT, SKEW_MS = '0' } = process.env;
let skew = Number(SKEW_MS);
const config = resolveConfig({ plugins: [email({ pollSeconds: 1 })] });
const desk = await createApp(config, {
  now: () => new Date(Date.now() + skew),
  log: createLog(process.env.LOG_LEVEL ?? 'error', process.stderr),
});
const { app } = desk;
const actor = { kind: 'system', id: 'test' };
let hang = { point: '', left: 0 };
const { fault } = app;
app.fault = (point) => {
  fault(point);
  if (point === hang.point && --hang.left === 0) process.kill(process.pid, 'SIGSTOP');
};

if (!(await isSetUp(app))) {
  const owner = { name: 'Olga', email: 'owner@desk.example', password: 'correct horse battery' };
  await setUpCompany(app, { company: 'Warm House', language: 'en', timeZone: 'UTC', owner, door: 'test' });
}
if (IMAP_PORT && (await listAccounts(app.db)).length === 0) {
  const [line] = await listLines(app.db);
  const server = (port) => ({ host: '127.0.0.1', port: Number(port), secure: 'none' });
  await app.service(mailboxSetup).add({
    address: 'support@desk.example',
    password: 'secret',
    imap: server(IMAP_PORT),
    smtp: server(SMTP_PORT ?? IMAP_PORT),
    lineId: line.id,
    name: 'Support',
    actor,
  });
}
await desk.work();
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
say({ ready: true });

createInterface({ input: process.stdin }).on('line', async (line) => {
  const command = JSON.parse(line);
  try {
    if (command.reply) {
      const outcome = await answerTicket(app, {
        ticketId: command.reply,
        agentId: 1,
        text: `Answer ${command.key}`,
        to: [{ name: '', kind: 'email', value: command.to }],
        idempotencyKey: command.key,
        actor: { kind: 'agent', id: 1, door: 'test' },
      });
      say({ replied: outcome.messageId, key: command.key });
    }
    if (command.pass) {
      skew += command.pass;
      say({ passed: command.pass });
    }
    if (command.hang) {
      const [point, left] = command.hang.split(':');
      hang = { point, left: Number(left) };
      say({ armed: command.hang });
    }
    if (command.stop) {
      await desk.close();
      process.exit(0);
    }
  } catch (error) {
    say({ error: error.message, key: command.key });
  }
});
