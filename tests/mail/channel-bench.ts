import { readFile } from 'node:fs/promises';
import type { Channel, ChannelApp, DeliveryResult, OutgoingMessage } from '../../core/channels/channel.js';
import type { IncomingMessage } from '../../core/channels/incoming-message.js';
import { keepRaw } from '../../core/channels/intake/keep-raw.js';
import { change } from '../../core/database/change.js';
import type { Engine } from '../../core/database/connect.js';
import type { Actor } from '../../core/hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../core/testing/test-app.js';
import { seedTickets } from '../../core/tickets/seed-tickets.js';

export interface ChannelBench {
  readonly app: TestApp & ChannelApp;
  /** An account that is on, of line 1. */
  readonly account: { readonly id: number; readonly channel: string; readonly lineId: number };
  /** What the channel is asked to send, in order. */
  readonly sent: OutgoingMessage[];
  /** Answers in place of the provider; everything is sent unless told otherwise. */
  answer(sends: Channel['send']): void;
  /** Puts what a letter says into the journal, as the channel would. */
  post(
    letter?: Partial<IncomingMessage> & { breaks?: string; sequence?: number },
    accountId?: number,
  ): Promise<void>;
  /** One more account, of line 1. */
  addAccount(name: string): Promise<number>;
  /** Names and payloads of what happened, oldest first. */
  events(beginning: string): Promise<object[]>;
  close(): Promise<void>;
}

export const system: Actor = { kind: 'system', id: 'test' };
export const carla = { name: 'Carla', kind: 'email', value: 'carla@client.example' };

/** An app with one channel, `post`, whose letters are written down as they are to be understood. */
export async function channelBench(engine: Engine, channel: Partial<Channel> = {}): Promise<ChannelBench> {
  const sent: OutgoingMessage[] = [];
  let sends: Channel['send'] = sendAll;
  const post: Channel = {
    id: 'post',
    title: 'post',
    icon: 'mail',
    identityKind: 'email',
    limits: { undoMs: 10_000, maxAttachmentBytes: 1000, canCc: true },
    parse: readLetter,
    freeze: ({ messageId, at }) => ({ externalId: `<${messageId}@desk.example>`, date: at }),
    send: (message, step) => {
      sent.push(message);
      return sends(message, step);
    },
    ...channel,
  };
  const plain = await makeTestApp(engine);
  const app = {
    ...plain,
    channels: new Map([[post.id, post]]),
    policy: { reopenDays: () => 14, closeAfterDays: () => 7, undoMs: () => post.limits.undoMs },
  };
  const addAccount = (name: string) =>
    change(app, async ({ trx, at }) => {
      const row = { channel: 'post', lineId: 1, name, address: `${name}@desk.example`, createdAt: at };
      const [made] = await trx('channelAccounts').insert(row).returning<{ id: number }[]>('id');
      return made?.id ?? 0;
    });
  await change(app, async ({ trx, at }) => {
    await seedTickets(trx, 'en');
    await trx('lines').insert(['Support', 'Shop'].map((name) => ({ name, createdAt: at })));
  });
  const account = { id: await addAccount('support'), channel: 'post', lineId: 1 };
  let posted = 0;
  return {
    app,
    account,
    sent,
    addAccount,
    answer: (next) => void (sends = next),
    post: async ({ sequence, ...letter } = {}, accountId = account.id) => {
      posted += 1;
      const id = `<${posted}@client.example>`;
      const raw = Buffer.from(JSON.stringify({ ...plainLetter, externalId: id, fingerprint: id, ...letter }));
      await keepRaw(app, {
        account: { id: accountId, channel: 'post' },
        externalId: String(posted),
        raw,
        ...(sequence === undefined ? {} : { sequence }),
      });
    },
    events: async (beginning) => {
      const rows: { name: string; payload: string }[] = await app
        .db('events')
        .where('name', 'like', `${beginning}%`)
        .orderBy('id');
      return rows.map(({ name, payload }) => ({ name, ...(JSON.parse(payload) as object) }));
    },
    close: () => app.close(),
  };
}

const plainLetter: IncomingMessage = {
  externalId: null,
  inReplyTo: null,
  references: [],
  writtenAt: null,
  from: carla,
  to: [],
  cc: [],
  subject: 'Kettle',
  text: 'The kettle is cold',
  quote: '',
  html: null,
  htmlVersion: null,
  attachments: [],
  fingerprint: '',
  auto: null,
  bounce: null,
  flags: [],
  problem: null,
  language: null,
};

async function readLetter({ path }: { path: string }): Promise<IncomingMessage> {
  const letter = JSON.parse(await readFile(path, 'utf8')) as IncomingMessage & { breaks?: string };
  if (letter.breaks) throw new Error(letter.breaks);
  return letter;
}

const sendAll: Channel['send'] = async ({ recipients }, step) => {
  await step.aboutToSend();
  return recipients.map((recipient): DeliveryResult => ({ recipient, state: 'sent' }));
};
