import { testEngines, type ChannelDriver } from '@helpdesk/core/testing';
import { describe, expect, it } from 'vitest';
import { driveTelegram } from '../../plugins/telegram/fake/drive-telegram.js';
import { driveViber } from '../../plugins/viber/fake/drive-viber.js';
import { driveWebChat } from '../../plugins/web-chat/fake/drive-web-chat.js';
import { driveWhatsApp } from '../../plugins/whatsapp/fake/drive-whatsapp.js';
import { isCampaign, seed, seeded } from '../faults/seeded.js';

const size = isCampaign ? { writers: 100, each: 10, atOnce: 1000 } : { writers: 5, each: 6, atOnce: 60 };
const TIMES = 5;

type Engine = (typeof testEngines)[number];
const channels: readonly { name: string; drive(engine: Engine): Promise<ChannelDriver>; orders: boolean }[] =
  [
    { name: 'telegram', drive: (engine) => driveTelegram(engine), orders: true },
    { name: 'whatsapp', drive: (engine) => driveWhatsApp(engine), orders: true },
    { name: 'viber', drive: (engine) => driveViber(engine), orders: true },
    // A page sends the next message when the one before was taken, so there is nothing to put in order.
    { name: 'web chat', drive: (engine) => driveWebChat(engine), orders: false },
  ];

/** All of them, so many at the same time. */
async function makeAll(
  calls: readonly { make(): Promise<number> }[],
  atOnce: number,
): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  let next = 0;
  const work = async () => {
    for (let call = calls[next++]; call; call = calls[next++]) {
      const status = await call.make();
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return statuses;
}

describe.each(testEngines)('updates that come again and again on %s', (engine) => {
  it.each(channels)(
    `$name: ${size.writers * size.each} of them ${TIMES} times each, shuffled, ${size.atOnce} at once: each once (P39, seed ${seed})`,
    { timeout: isCampaign ? 900_000 : 120_000 },
    async ({ drive, orders }) => {
      const driver = await drive(engine);
      try {
        const random = seeded(seed);
        const written = Array.from({ length: size.writers * size.each }, (_, i) => {
          const writer = i % size.writers;
          return {
            n: i + 1,
            from: { id: 81_000_000 + writer, name: `Writer ${writer}` },
            text: `w${writer} m${i}`,
          };
        });
        const calls = written.map((one) => driver.call(one));
        const replays = Array.from({ length: TIMES }, () => calls).flat();
        for (let i = replays.length - 1; i > 0; i -= 1) {
          const j = random.below(i + 1);
          [replays[i], replays[j]] = [replays[j] as (typeof calls)[0], replays[i] as (typeof calls)[0]];
        }
        expect(await makeAll(replays, size.atOnce)).toEqual(new Map([[200, replays.length]]));
        const forged = driver.forge({ n: 900_000, from: { id: 82_000_000, name: 'Eve' }, text: 'forged' });
        const refused = await makeAll(
          forged.map(({ call }) => call),
          forged.length,
        );
        for (const status of refused.keys()) expect([401, 403, 404]).toContain(status);
        await driver.desk.drain();
        const { db } = driver.desk.app;
        const rows: { text: string; ticketId: number }[] = await db('messages')
          .where({ kind: 'incoming' })
          .andWhere('text', 'like', 'w%')
          .orderBy('id')
          .select('text', 'ticketId');
        expect(rows.map(({ text }) => text).toSorted()).toEqual(written.map(({ text }) => text).toSorted());
        expect(await db('messages').where({ text: 'forged' })).toEqual([]);
        for (let writer = 0; writer < size.writers; writer += 1) {
          const own = rows.filter(({ text }) => text.startsWith(`w${writer} `));
          expect(new Set(own.map(({ ticketId }) => ticketId)).size).toBe(1);
          if (!orders) continue;
          const inOrder = written
            .filter(({ text }) => text.startsWith(`w${writer} `))
            .map(({ text }) => text);
          expect(own.map(({ text }) => text)).toEqual(inOrder);
        }
      } finally {
        await driver.close();
      }
    },
  );
});
