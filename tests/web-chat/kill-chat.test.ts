import { newToken } from '@helpdesk/core';
import { postgresPlace, testEngines } from '@helpdesk/core/testing';
import { describe, expect, it } from 'vitest';
import { openPage, SITE, type ChatPage } from '../../plugins/web-chat/fake/page.js';
import { openDatabase } from '../faults/open-database.js';
import { isCampaign } from '../faults/seeded.js';
import { freePort } from '../setup/free-port.js';
import { tempDir } from '../setup/temp-dir.js';
import { until } from '../setup/until.js';
import { runChat, type ChatProcess } from './run-chat.js';

/** In a campaign visitors write on until the last kill, ten seconds after the one before; else so many messages each. */
const size = isCampaign
  ? { visitors: 500, messages: Number.POSITIVE_INFINITY, kills: 12, everyMs: 10_000, thinkMs: 2000 }
  : { visitors: 10, messages: 12, kills: 3, everyMs: 0, thinkMs: 0 };
const engines = isCampaign ? testEngines : testEngines.slice(0, 1);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** As the window does: a message is sent until it was taken, under one id, and the next only then. */
async function sendUntilTaken(page: ChatPage, body: { id: string; text: string }): Promise<void> {
  for (;;) {
    const response = await page.call('send', body).catch(() => undefined);
    if (response?.status === 200) return;
    if (response && response.status < 500) throw new Error(`refused: ${response.status}`);
    await pause(isCampaign ? 500 : 30);
  }
}

describe.each(engines)('killing the desk while visitors write, %s', (engine) => {
  it(
    `loses no message, shows none twice and keeps their order over ${size.kills} kills (P40)`,
    { timeout: isCampaign ? 1_800_000 : 180_000 },
    async () => {
      const { path: folder } = await tempDir();
      const place = engine === 'postgres' ? await postgresPlace() : undefined;
      const url = place?.url ?? `sqlite:${folder}/helpdesk.sqlite`;
      const [key, port] = [newToken().token, await freePort()];
      const chat = JSON.stringify({ key, origin: SITE });
      const start = (round: number): Promise<ChatProcess> =>
        // Time moves on between crashes, so that leases of the dead run out.
        runChat({
          HELPDESK_DATA: folder,
          DATABASE_URL: url,
          PORT: String(port),
          CHAT: chat,
          SKEW_MS: String(round * 1_200_000),
        });
      let desk = await start(0);
      const pages = Array.from({ length: size.visitors }, () =>
        openPage({ url: `http://127.0.0.1:${port}`, key }),
      );
      let taken = 0;
      let isOver = false;
      const written = pages.map(async (page) => {
        let n = 0;
        for (; n < size.messages && !isOver; n += 1) {
          const body = { id: `message-${n}`, text: `${page.visitor} ${n}` };
          // Two tabs that send what the other one may have sent already.
          await Promise.all(
            n % 3 === 0
              ? [sendUntilTaken(page, body), sendUntilTaken(page, body)]
              : [sendUntilTaken(page, body)],
          );
          taken += 1;
          if (size.thinkMs > 0) await pause(size.thinkMs * (0.5 + Math.random()));
        }
        return n;
      });
      const all = size.visitors * size.messages;
      for (let round = 1; round <= size.kills; round += 1) {
        if (isCampaign) await pause(size.everyMs);
        else await until(async () => taken >= (all * round) / (size.kills + 2), 120_000);
        await desk.kill();
        desk = await start(round);
      }
      isOver = true;
      const counts = await Promise.all(written);
      if (isCampaign) process.stdout.write(`${engine}: ${taken} messages of ${size.visitors} visitors\n`);
      const database = await openDatabase(url, folder);
      try {
        await until(
          async () => {
            const open: unknown = await database.db('intake').whereNot({ state: 'delivered' }).first('id');
            return open === undefined;
          },
          isCampaign ? 900_000 : 60_000,
        );
        for (const [index, page] of pages.entries()) {
          const told = Array.from({ length: counts[index] ?? 0 }, (_, n) => `${page.visitor} ${n}`);
          const seen: { text: string; ticketId: number }[] = await database
            .db('messages')
            .where('text', 'like', `${page.visitor} %`)
            .orderBy('id')
            .select('text', 'ticketId');
          expect(seen.map(({ text }) => text)).toEqual(told);
          expect(new Set(seen.map(({ ticketId }) => ticketId)).size).toBe(1);
          const { lines } = (await (await page.call('news', { after: 0 })).json()) as {
            lines: { text: string }[];
          };
          // The window asks for the newest of a long conversation.
          expect(lines.map(({ text }) => text)).toEqual(told.slice(-200));
        }
      } finally {
        await database.close();
        await desk.kill();
        await place?.drop();
      }
    },
  );
});
