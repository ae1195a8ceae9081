// A desk with one chat in a process of its own, so that a test can kill it. CHAT names the key and the site as JSON, PORT where
// it listens. Says {"ready":true}; takes {"reply":"a customer's text","text":"…"} by standard input.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { answerTicket, createApp, createLog, isSetUp, resolveConfig, setUpCompany } from '@helpdesk/core';
import { webChat } from '../../plugins/web-chat/index.js';
import { addChat } from '../../plugins/web-chat/fake/drive-web-chat.js';

const { CHAT = '{}', PORT = '0', SKEW_MS = '0' } = process.env;
const most = {
  messagesPerVisitor: 9999,
  messagesPerAddress: 99_999,
  newVisitorsPerAddress: 9999,
  asksPerAddress: 99_999,
  filesPerAddress: 9999,
  megabytesPerAddress: 9999,
};
const config = resolveConfig({ plugins: [webChat({ limits: most }, { enabled: true })] });
const desk = await createApp(config, {
  now: () => new Date(Date.now() + Number(SKEW_MS)),
  log: createLog('error', process.stderr),
});
const { app } = desk;
if (!(await isSetUp(app))) {
  const owner = { name: 'Olga', email: 'owner@desk.example', password: 'correct horse battery' };
  await setUpCompany(app, { company: 'Warm House', language: 'en', timeZone: 'UTC', owner, door: 'test' });
  const { key, origin } = JSON.parse(CHAT) as { key: string; origin: string };
  await addChat(app, { origin, config: { key } });
}
await desk.work();
const server = createServer(desk.callback());
await new Promise<void>((done) => server.listen(Number(PORT), '127.0.0.1', done));
process.stdout.write('{"ready":true}\n');

createInterface({ input: process.stdin }).on('line', (line) => {
  const { reply, text } = JSON.parse(line) as { reply: string; text: string };
  void answer(reply, text);
});

async function answer(question: string, text: string): Promise<void> {
  const { ticketId, contactId } = await app.db('messages').where({ text: question }).first();
  const { value } = await app.db('identities').where({ contactId, kind: 'web-chat' }).first('value');
  await answerTicket(app, {
    ticketId,
    agentId: 1,
    text,
    to: [{ name: '', kind: 'web-chat', value }],
    idempotencyKey: `${question} ${text}`,
    actor: { kind: 'agent', id: 1 },
  });
}
