import { addAccount, findAccount, listLines } from '@helpdesk/core';
import {
  startTestDesk,
  type Call,
  type ChannelDriver,
  type TestDeskOptions,
  type Written,
} from '@helpdesk/core/testing';
import { webhookSecret } from '../connect/webhook.js';
import { telegram } from '../index.js';
import { startFakeTelegram, type FakeTelegram } from './start-fake-telegram.js';

/** A desk with one bot that the fake Telegram calls. */
export interface TelegramDriver extends ChannelDriver {
  readonly fake: FakeTelegram;
}

/** @param mode how updates come */
export async function driveTelegram(
  engine: NonNullable<TestDeskOptions['engine']>,
  mode: 'webhook' | 'polling' = 'webhook',
): Promise<TelegramDriver> {
  const fake = await startFakeTelegram();
  const desk = await startTestDesk({
    engine,
    works: mode === 'polling',
    config: {
      url: 'https://help.acme.example',
      plugins: [telegram({ apiUrl: fake.url, holdSeconds: 1 }, { enabled: true })],
    },
  });
  const [line] = await listLines(desk.app.db);
  const accountId = await addAccount(desk.app, {
    channel: 'telegram',
    lineId: line?.id ?? 1,
    name: 'Warm House',
    address: '@warm_house_bot',
    config: { mode, botId: 123456789 },
    secrets: { token: fake.state.token },
    actor: { kind: 'system', id: 'test' },
  });
  const account = await findAccount(desk.app.db, accountId);
  const path = `${desk.url}/inbound/telegram/${accountId}`;
  const secret = webhookSecret(desk.app, accountId);
  const post = (body: string, token: string | undefined, to = path): Call => ({
    async make() {
      const headers = {
        'Content-Type': 'application/json',
        ...(token === undefined ? {} : { 'X-Telegram-Bot-Api-Secret-Token': token }),
      };
      // What is too large is refused before all of it is read.
      const response = await fetch(to, { method: 'POST', headers, body }).catch(() => undefined);
      return response?.status ?? 413;
    },
  });
  const json = (written: Written) => JSON.stringify(updateOf(written, fake));
  return {
    fake,
    desk,
    account,
    call: (written) => post(json(written), secret),
    forge: (written) => [
      { how: 'no secret', call: post(json(written), undefined) },
      { how: 'a wrong secret', call: post(json(written), 'x'.repeat(secret.length)) },
      { how: 'a secret that is cut', call: post(json(written), secret.slice(0, -1)) },
      { how: 'the secret of another bot', call: post(json(written), webhookSecret(desk.app, accountId + 1)) },
      {
        how: 'a bot that is not ours',
        call: post(json(written), webhookSecret(desk.app, 999), `${desk.url}/inbound/telegram/999`),
      },
    ],
    garbage: () => post('{"update_id":', secret),
    huge: (bytes) => post(' '.repeat(bytes), secret),
    sent: () =>
      fake.state.sent.map(({ chatId, text, files, id }) => ({
        to: chatId,
        text,
        files,
        id: `${chatId}:${id}`,
      })),
    failNext: (how) => void fake.state.troubles.push(how),
    async close() {
      await desk.close();
      await fake.close();
    },
  };
}

/** What Telegram would say of it. The text of a file is its caption. */
export function updateOf(
  { n, from, text, files = [], changes, reactsTo }: Written,
  fake: Pick<FakeTelegram, 'addFile'>,
): { readonly update_id: number; readonly [what: string]: unknown } {
  if (reactsTo !== undefined) return reactionOf({ n, from, text, reactsTo });
  const [first, ...rest] = from.name.split(' ');
  const [file] = files;
  const message = {
    message_id: changes?.n ?? n,
    from: {
      id: from.id,
      is_bot: false,
      first_name: first,
      last_name: rest.join(' ') || undefined,
      language_code: 'en',
    },
    chat: { id: from.id, type: 'private' },
    date: 1_770_000_000 + (changes?.n ?? n),
    ...(changes ? { edit_date: 1_770_000_000 + n } : {}),
    ...(file
      ? {
          caption: text,
          document: {
            file_id: fake.addFile(file.content),
            file_unique_id: `u${n}`,
            file_name: file.name,
            mime_type: file.contentType,
            file_size: file.content.length,
          },
        }
      : { text }),
  };
  return { update_id: 500_000 + n, [changes ? 'edited_message' : 'message']: message };
}

const reactionOf = ({
  n,
  from,
  text,
  reactsTo,
}: Pick<Written, 'n' | 'from' | 'text'> & { reactsTo: string }) => ({
  update_id: 500_000 + n,
  message_reaction: {
    chat: { id: Number(reactsTo.split(':')[0]), type: 'private' },
    message_id: Number(reactsTo.split(':')[1]),
    user: { id: from.id, is_bot: false, first_name: from.name },
    date: 1_770_000_000 + n,
    old_reaction: [],
    new_reaction: text === '' ? [] : [{ type: 'emoji', emoji: text }],
  },
});
