// `npm run demo:channels`: a desk with every messenger, each on a stand-in of its provider. Write as a customer here,
// answer in the browser, read here what the customer got.
import { createInterface } from 'node:readline';
import { startDemo } from './start-demo.js';

const demo = await startDemo();
const { owner, url } = demo.desk;
process.stdout.write(`The desk:         ${url}/desk
Sign in with:     ${owner.email}  ${owner.password}
A site with chat: ${demo.site}
Write as a customer, for example:
  telegram Ann: my heater is cold
  whatsapp Boris: where is my order?
  viber Vera: can you call me?
Ctrl-C ends it; nothing is kept.
`);

let told = 0;
const tell = setInterval(() => {
  const all = demo.standIns.flatMap(({ name, sent }) => sent().map((message) => ({ name, ...message })));
  for (const { name, to, text } of all.slice(told)) process.stdout.write(`→ ${name} ${to}: ${text}\n`);
  told = all.length;
}, 500);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  void demo.say(line).then((wrong) => wrong && process.stdout.write(`${wrong}\n`));
});
process.once('SIGINT', () => {
  clearInterval(tell);
  lines.close();
  void demo.close().then(() => process.exit(0));
});
