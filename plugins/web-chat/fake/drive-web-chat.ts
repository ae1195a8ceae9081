import { addAccount, findAccount, listLines, newToken } from '@helpdesk/core';
import {
  startTestDesk,
  type Call,
  type ChannelDriver,
  type SentMessage,
  type TestDeskOptions,
  type Writer,
  type Written,
} from '@helpdesk/core/testing';
import type { Plugin } from '@helpdesk/core';
import { webChat } from '../index.js';
import type { Line, LineFile } from '../visitors/lines.js';
import { openPage, SITE, type ChatPage } from './page.js';

/** A desk with one chat, and the browsers of its visitors. */
export interface WebChatDriver extends ChannelDriver {
  readonly key: string;
  page(id?: { visitor: string; token: string }): ChatPage;
}

const many = {
  messagesPerVisitor: 9999,
  messagesPerAddress: 9999,
  newVisitorsPerAddress: 9999,
  asksPerAddress: 9999,
  filesPerAddress: 9999,
  megabytesPerAddress: 9999,
};

export async function addChat(
  app: Parameters<typeof addAccount>[0],
  {
    origin = SITE,
    config = {},
    secrets = {},
  }: { origin?: string; config?: object; secrets?: Record<string, string> } = {},
): Promise<{ accountId: number; key: string }> {
  const key = newToken().token;
  const [line] = await listLines(app.db);
  const accountId = await addAccount(app, {
    channel: 'web-chat',
    lineId: line?.id ?? 1,
    name: 'Warm House',
    address: 'shop.example',
    config: { key, origins: origin, open: 'always', askEmail: 'later', mailMinutes: 10, ...config },
    secrets,
    actor: { kind: 'system', id: 'test' },
  });
  return { accountId, key };
}

export async function driveWebChat(
  engine: NonNullable<TestDeskOptions['engine']>,
  {
    limits = many,
    secrets,
    plugins = [],
  }: { limits?: Partial<typeof many>; secrets?: Record<string, string>; plugins?: readonly Plugin[] } = {},
): Promise<WebChatDriver> {
  const desk = await startTestDesk({
    engine,
    config: {
      url: 'https://help.acme.example',
      plugins: [webChat({ limits }, { enabled: true }), ...plugins],
    },
  });
  const { accountId, key } = await addChat(desk.app, secrets ? { secrets } : {});
  const other = await addChat(desk.app);
  const account = await findAccount(desk.app.db, accountId);
  const page = (id: Partial<Pick<ChatPage, 'visitor' | 'token'>> = {}) =>
    openPage({ url: desk.url, key, ...id });
  const pages = new Map<number, ChatPage>();
  const pageOf = ({ id }: Writer): ChatPage => {
    const known = pages.get(id) ?? page();
    pages.set(id, known);
    return known;
  };
  const victim = page();
  await victim.call('send', { id: 'first-of-all', text: 'hello' });
  await desk.drain();
  const call = (make: () => Promise<Response>): Call => ({
    // What is too large is refused before all of it is read.
    make: async () => (await make().catch(() => undefined))?.status ?? 413,
  });
  const bodyOf = ({ n, from, text }: Written) => ({ id: `message-${n}`, text, name: from.name });
  const sends = async (written: Written) => {
    const own = pageOf(written.from);
    const files: string[] = [];
    for (const { name, contentType: type, content } of written.files ?? []) {
      const brought = (await (await own.bring({ name, type, content })).json()) as { seal: string };
      files.push(brought.seal);
    }
    return own.call('send', { ...bodyOf(written), files });
  };
  let sent: readonly SentMessage[] = [];
  return {
    desk: {
      ...desk,
      // A provider hears by itself; the pages of visitors ask.
      async drain() {
        await desk.drain();
        sent = (await Promise.all([...pages.values()].map(linesOf))).flat();
      },
    },
    key,
    page,
    account,
    call: (written) => call(() => sends(written)),
    forge(written) {
      const forged = (about: Parameters<ChatPage['call']>[2]) =>
        call(() => victim.call('send', bodyOf(written), about));
      return [
        { how: 'no origin', call: forged({ origin: '' }) },
        { how: 'another site', call: forged({ origin: 'https://evil.example' }) },
        { how: 'the site on another port', call: forged({ origin: `${SITE}:8443` }) },
        { how: 'a wrong token', call: forged({ token: 'f'.repeat(32) }) },
        {
          how: 'the name of another visitor',
          call: call(() => page().call('send', bodyOf(written), { visitor: victim.visitor })),
        },
        { how: 'the chat of another account', call: forged({ key: other.key }) },
        { how: 'a chat that is not ours', call: forged({ key: 'x'.repeat(22) }) },
      ];
    },
    huge: (bytes) => call(() => victim.call('send', { id: 'much-too-much', text: 'x'.repeat(bytes) })),
    receipt(id, kind) {
      const [visitor, number] = id.split(':');
      const own = [...pages.values()].find((one) => one.visitor === visitor);
      const upTo = Number(number);
      return call(async () => {
        if (!own) throw new Error('no such visitor');
        return own.call('news', { after: kind === 'delivered' ? upTo : 0, seen: kind === 'seen' ? upTo : 0 });
      });
    },
    sent: () => sent,
    failNext: () => undefined,
    close: () => desk.close(),
  };
}

async function linesOf(page: ChatPage): Promise<SentMessage[]> {
  const response = await page.call('news', { after: 0 });
  if (!response.ok) return [];
  const { lines } = (await response.json()) as { lines: Line[] };
  return Promise.all(
    lines
      .filter(({ kind }) => kind === 'out')
      .map(async ({ number, text, files }) => ({
        to: page.visitor,
        text,
        files: await Promise.all(files.map((file) => fetched(page, file))),
        id: `${page.visitor}:${number}`,
      })),
  );
}

async function fetched(page: ChatPage, { name, path }: LineFile): Promise<SentMessage['files'][number]> {
  const response = await page.fetch(path);
  return { name, content: Buffer.from(await response.arrayBuffer()) };
}
