import { deepStrictEqual as same, equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Call, ChannelDriver, ChannelTest } from './driver.js';
import { bring, countRaw, findByText, newWriter, nextNumber } from './look.js';

const isOk = (status: number) => status >= 200 && status < 300;

/** What comes in. */
export const intakeTests: readonly ChannelTest[] = [
  {
    title: 'has a message in the journal before the provider hears that it was taken, and makes it a ticket',
    async run(driver) {
      const from = newWriter('Ann Lee');
      const n = nextNumber();
      const text = `The kettle is cold ${n}`;
      const before = await countRaw(driver);
      ok(isOk(await driver.call({ n, from, text }).make()));
      equal(await countRaw(driver), before + 1);
      await driver.desk.drain();
      const found = await findByText(driver, text);
      ok(found);
      equal(found.timeline.messages.length, 1);
      const channel = driver.desk.app.channels.get(driver.account.channel);
      equal(found.address.kind, channel?.identityKind);
      const contact: { name: string } | undefined = await driver.desk.app
        .db('contacts')
        .where({ id: found.timeline.messages[0]?.contactId ?? 0 })
        .first('name');
      equal(contact?.name, 'Ann Lee');
    },
  },
  {
    title: 'keeps a message once, however often the provider brings it, and side by side',
    async run(driver) {
      const from = newWriter();
      const numbers = Array.from({ length: 12 }, nextNumber);
      const calls = numbers.map((n) => driver.call({ n, from, text: `again ${n}` }));
      const five = [calls, calls, calls, calls, calls].flat();
      const mixed = five.toSorted((a, b) => calls.indexOf(a) * 7 - calls.indexOf(b) * 11);
      const statuses = await Promise.all(mixed.map((call) => call.make()));
      ok(statuses.every(isOk), `statuses: ${statuses.join(' ')}`);
      await bring(driver, ...calls);
      for (const n of numbers)
        equal((await driver.desk.app.db('messages').where({ text: `again ${n}` })).length, 1);
    },
  },
  {
    title: 'puts messages that overtook each other in the order in which they were written',
    needs: 'order',
    async run(driver) {
      const from = newWriter();
      const numbers = Array.from({ length: 5 }, nextNumber);
      const calls = numbers.map((n) => driver.call({ n, from, text: `part ${n}` }));
      const [a, b, c, d, e] = calls as [Call, Call, Call, Call, Call];
      await bring(driver, e, b, a, d, c);
      const found = await findByText(driver, `part ${numbers[0]}`);
      same(
        found?.timeline.messages.map(({ text }) => text),
        numbers.map((n) => `part ${n}`),
      );
    },
  },
  {
    title: 'keeps writers apart, each in a ticket of their own',
    async run(driver) {
      const [first, second] = [nextNumber(), nextNumber()];
      await bring(
        driver,
        driver.call({ n: first, from: newWriter('Ann'), text: `mine ${first}` }),
        driver.call({ n: second, from: newWriter('Ann'), text: `mine ${second}` }),
      );
      const [a, b] = [await findByText(driver, `mine ${first}`), await findByText(driver, `mine ${second}`)];
      ok(a && b);
      ok(a.address.value !== b.address.value);
      equal(a.ticketIds.length, 1);
      ok(a.ticketIds[0] !== b.ticketIds[0]);
    },
  },
  {
    title: 'shows what a message says after a change, and keeps what it said before',
    needs: 'edits',
    async run(driver) {
      const from = newWriter();
      const [n, later] = [nextNumber(), nextNumber()];
      await bring(driver, driver.call({ n, from, text: `blue ${n}` }));
      const changes = { n, kind: 'edited' } as const;
      const edit = driver.call({ n: later, from, text: `green ${n}`, changes });
      await bring(driver, edit, edit);
      const found = await findByText(driver, `green ${n}`);
      equal(found?.timeline.messages.length, 1);
      same(
        found.timeline.edits.map(({ text, kind }) => [kind, text]),
        [['edited', `blue ${n}`]],
      );
    },
  },
  {
    title: 'keeps the words of a message that was taken back, and says that it was',
    needs: 'deletions',
    async run(driver) {
      const from = newWriter();
      const [n, later] = [nextNumber(), nextNumber()];
      const changes = { n, kind: 'deleted' } as const;
      await bring(
        driver,
        driver.call({ n, from, text: `secret ${n}` }),
        driver.call({ n: later, from, text: '', changes }),
      );
      const found = await findByText(driver, `secret ${n}`);
      ok(found?.timeline.messages[0]?.flags.includes('deleted'));
    },
  },
  {
    title: 'takes in files with their names and bytes',
    needs: 'files',
    async run(driver) {
      const n = nextNumber();
      const content = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, n % 256]);
      const file = { name: `photo-${n}.png`, contentType: 'image/png', content };
      await bring(driver, driver.call({ n, from: newWriter(), text: `look ${n}`, files: [file] }));
      const found = await findByText(driver, `look ${n}`);
      const [kept] = found?.timeline.attachments ?? [];
      ok(kept);
      equal(kept.size, content.length);
      same(await readFile(driver.desk.app.files.path(kept.sha256)), content);
    },
  },
  {
    title: 'stores nothing of a call that is not provably from the provider',
    async run(driver) {
      const n = nextNumber();
      const text = `forged ${n}`;
      const before = await countRaw(driver);
      for (const { how, call } of driver.forge({ n, from: newWriter('Eve'), text })) {
        const status = await call.make();
        ok(status === 401 || status === 403 || status === 404, `${how}: ${status}`);
      }
      await driver.desk.drain();
      equal(await countRaw(driver), before);
      equal(await findByText(driver, text), undefined);
    },
  },
  {
    title: 'refuses ten megabytes at the door and goes on',
    async run(driver) {
      const before = await countRaw(driver);
      const status = (await driver.huge?.(10 * 1024 * 1024 + 1).make()) ?? 413;
      equal(status, 413);
      equal(await countRaw(driver), before);
      await goesOn(driver);
    },
  },
  {
    title: 'parks what cannot be understood, and takes what comes behind it',
    async run(driver) {
      const garbage = driver.garbage?.();
      if (garbage) await isParked(driver, garbage);
      await goesOn(driver);
    },
  },
  {
    title: 'keeps hostile words as they were written, without what no database takes',
    async run(driver) {
      const n = nextNumber();
      const name = `Eve <img src=x onerror=alert(1)> ${n}`;
      const text = `"'><script>alert(${n})</script> \u202Eevil\u202C {{constructor}} \uD83E\uDD8A`;
      await bring(driver, driver.call({ n, from: newWriter(name), text: `${text}\u0000` }));
      const rows: { text: string }[] = await driver.desk.app
        .db('messages')
        .where('text', 'like', `%alert(${n})</script>%`)
        .select('text');
      equal(rows.length, 1);
      ok(rows.every((row) => !row.text.includes('\u0000') && row.text.isWellFormed()));
    },
  },
];

/** The provider hears "ok", so that it does not bring it for ever; people see it in the journal. */
async function isParked(driver: ChannelDriver, garbage: Call): Promise<void> {
  const before = await countRaw(driver);
  const [status = 0] = await bring(driver, garbage);
  ok(isOk(status), `status: ${status}`);
  equal(await countRaw(driver), before + 1);
  const kept: { state: string } | undefined = await driver.desk.app
    .db('intake')
    .orderBy('id', 'desc')
    .first('state');
  equal(kept?.state, 'parked');
}

async function goesOn(driver: ChannelDriver): Promise<void> {
  const n = nextNumber();
  await bring(driver, driver.call({ n, from: newWriter(), text: `on ${n}` }));
  ok(await findByText(driver, `on ${n}`));
}
