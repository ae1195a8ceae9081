import { deepStrictEqual as same, equal, ok, rejects } from 'node:assert/strict';
import { normaliseIdentity } from '../../contacts/normalise-identity.js';
import { findByIdentity } from '../../contacts/queries/find-by-identity.js';
import { isError } from '../../errors/define-errors.js';
import { solveTicket } from '../../tickets/actions/solve-ticket.js';
import { keepUpload } from '../../tickets/actions/keep-upload.js';
import { BUSY_MS, type ChannelDriver, type ChannelTest, type Failure, type Writer } from './driver.js';
import { answer, bring, findByText, newWriter, nextNumber, type Found } from './look.js';

const QUARTER_MS = 15 * 60_000;

/** A customer who has just written. */
async function writes(
  driver: ChannelDriver,
): Promise<{ found: Found; from: Writer; ticketId: number; n: number }> {
  const n = nextNumber();
  const from = newWriter();
  await bring(driver, driver.call({ n, from, text: `question ${n}` }));
  const found = await findByText(driver, `question ${n}`);
  const ticketId = found?.ticketIds[0];
  if (!found || ticketId === undefined) throw new Error('the question did not arrive');
  return { found, from, ticketId, n };
}

async function deliveryOf({ desk }: ChannelDriver, messageId: number): Promise<Delivery | undefined> {
  return desk.app.db('deliveries').where({ messageId }).first();
}
interface Delivery {
  state: string;
  reason: string | null;
  dueAt: string | null;
  externalId: string | null;
  deliveredAt: string | null;
  seenAt: string | null;
}

const limitsOf = ({ desk, account }: ChannelDriver) => {
  const channel = desk.app.channels.get(account.channel);
  if (!channel) throw new Error('the channel is off');
  return channel.limits;
};

/** What goes out when all is well. */
export const answerTests: readonly ChannelTest[] = [
  {
    title: 'answers where the customer wrote, once, and goes on in the same ticket',
    async run(driver) {
      const { found, ticketId, n } = await writes(driver);
      const text = `answer ${n}`;
      const messageId = await answer(driver, { ticketId, to: found.address, text });
      await driver.desk.drain();
      const own = driver.sent().filter((sent) => sent.text.includes(text));
      same(
        own.map(({ to }) => to),
        [found.address.value],
      );
      equal((await deliveryOf(driver, messageId))?.state, 'sent');
    },
  },
  {
    title: 'sends files with their names and bytes',
    needs: 'files',
    async run(driver) {
      const { found, ticketId, n } = await writes(driver);
      const content = Buffer.from(`%PDF-1.4 ${n}`);
      const file = { filename: `bill-${n}.pdf`, contentType: 'application/pdf', content };
      const key = await keepUpload(driver.desk.app, { agentId: driver.desk.owner.id, ...file });
      await answer(driver, { ticketId, to: found.address, text: `see the bill ${n}`, uploads: [key] });
      const files = driver.sent().flatMap((sent) => sent.files);
      const sent = files.find(({ name }) => name === `bill-${n}.pdf`);
      ok(sent, `sent: ${files.map(({ name }) => name).join(', ')}`);
      same(sent.content, content);
    },
  },
  {
    title:
      'carries the longest text that it says it carries, and refuses a longer one before anything is written',
    async run(driver) {
      const { maxCharacters } = limitsOf(driver);
      if (maxCharacters === undefined) return;
      const { found, ticketId, n } = await writes(driver);
      const longest = `${n} `.padEnd(maxCharacters, 'ж');
      const messageId = await answer(driver, { ticketId, to: found.address, text: longest });
      equal((await deliveryOf(driver, messageId))?.state, 'sent');
      await rejects(answer(driver, { ticketId, to: found.address, text: `${longest}.` }), (error) =>
        isError(error, 'MESSAGE_TOO_LONG'),
      );
      equal((await findByText(driver, `question ${n}`))?.timeline.messages.length, 2);
    },
  },
  {
    title: 'keeps a reaction at the message that it belongs to, and wakes nobody by it',
    needs: 'reactions',
    async run(driver) {
      const { desk } = driver;
      const { found, from, ticketId, n } = await writes(driver);
      const messageId = await answer(driver, { ticketId, to: found.address, text: `solved ${n}` });
      const reactsTo = (await deliveryOf(driver, messageId))?.externalId ?? '';
      const actor = { kind: 'agent', id: desk.owner.id } as const;
      await solveTicket(desk.app, { ticketId, actor });
      const ticket = () => desk.app.db('tickets').where({ id: ticketId }).first();
      const before: unknown = await ticket();
      const react = (text: string, about = reactsTo, by = from) =>
        driver.call({ n: nextNumber(), from: by, text, reactsTo: about });
      const thumb = react('\u{1F44D}');
      await bring(driver, thumb, thumb);
      same(await ticket(), before);
      const shown = async () => (await findByText(driver, `question ${n}`))?.timeline;
      same(
        (await shown())?.edits.map((edit) => [edit.messageId, edit.kind, edit.text]),
        [[messageId, 'reacted', '\u{1F44D}']],
      );
      // Taken back; and of somebody else, to whom nothing was sent.
      await bring(driver, react(''), react('\u{1F525}', reactsTo, newWriter('Eve')));
      same(
        (await shown())?.edits.map(({ text }) => text),
        ['\u{1F44D}', ''],
      );
      equal((await shown())?.messages.length, 2);
      same(await ticket(), before);
    },
  },
  {
    title: 'keeps to the reply window',
    async run(driver) {
      const { replyWindowMs } = limitsOf(driver);
      if (replyWindowMs === undefined) return;
      const { found, ticketId, n } = await writes(driver);
      driver.desk.clock.pass(replyWindowMs + 1);
      const before = driver.sent().length;
      await rejects(answer(driver, { ticketId, to: found.address, text: `late ${n}` }), (error) =>
        isError(error, 'REPLY_WINDOW_CLOSED'),
      );
      equal(driver.sent().length, before);
    },
  },
  {
    title: 'notes that a message arrived and was seen, told twice and in any order',
    needs: 'receipts',
    async run(driver) {
      const { found, ticketId, n } = await writes(driver);
      const messageId = await answer(driver, { ticketId, to: found.address, text: `read me ${n}` });
      const id = (await deliveryOf(driver, messageId))?.externalId;
      ok(id && driver.receipt);
      const [seen, arrived] = [driver.receipt(id, 'seen'), driver.receipt(id, 'delivered')];
      await bring(driver, seen, arrived, seen);
      const delivery = await deliveryOf(driver, messageId);
      ok(delivery?.deliveredAt && delivery.seenAt);
      equal(delivery.state, 'sent');
    },
  },
];

/** What goes out when the provider has troubles. */
export const failureTests: readonly (ChannelTest & { readonly failure: Failure })[] = [
  {
    title: 'comes again when the provider is busy, and sends once',
    failure: 'busy',
    async run(driver) {
      const { found, ticketId, n } = await writes(driver);
      driver.failNext('busy');
      const text = `busy ${n}`;
      const messageId = await answer(driver, { ticketId, to: found.address, text });
      equal((await deliveryOf(driver, messageId))?.state, 'retry');
      driver.desk.clock.pass(Math.max(BUSY_MS, 60_000));
      await driver.desk.drain();
      equal((await deliveryOf(driver, messageId))?.state, 'sent');
      equal(driver.sent().filter((sent) => sent.text.includes(text)).length, 1);
    },
  },
  {
    title: 'says on the ticket what the provider refuses, and does not try again',
    failure: 'refused',
    async run(driver) {
      const { found, ticketId, n } = await writes(driver);
      driver.failNext('refused');
      const messageId = await answer(driver, { ticketId, to: found.address, text: `refused ${n}` });
      const delivery = await deliveryOf(driver, messageId);
      equal(delivery?.state, 'failed');
      ok(delivery.reason);
      driver.desk.clock.pass(24 * 3_600_000);
      await driver.desk.drain();
      equal(driver.sent().filter((sent) => sent.text.includes(`refused ${n}`)).length, 0);
    },
  },
  {
    title: 'marks an address at which nobody can be reached any more',
    failure: 'gone',
    async run(driver) {
      const { found, ticketId, n } = await writes(driver);
      driver.failNext('gone');
      const messageId = await answer(driver, { ticketId, to: found.address, text: `gone ${n}` });
      equal((await deliveryOf(driver, messageId))?.state, 'failed');
      const { kind, value } = found.address;
      const normalised = normaliseIdentity(kind, value) ?? value;
      ok((await findByIdentity(driver.desk.app.db, { kind, normalised }))?.failedAt);
    },
  },
  {
    title: 'never sends a third copy of what got no answer',
    failure: 'silent',
    async run(driver) {
      const { found, ticketId, n } = await writes(driver);
      const text = `silent ${n}`;
      driver.failNext('silent');
      const messageId = await answer(driver, { ticketId, to: found.address, text });
      equal((await deliveryOf(driver, messageId))?.state, 'uncertain');
      driver.failNext('silent');
      for (let time = 0; time < 4; time += 1) {
        driver.desk.clock.pass(QUARTER_MS);
        await driver.desk.drain();
      }
      const copies = driver.sent().filter((sent) => sent.text.includes(text)).length;
      ok(copies === 1 || copies === 2, `${copies} copies`);
      equal((await deliveryOf(driver, messageId))?.state, 'uncertain');
    },
  },
];
