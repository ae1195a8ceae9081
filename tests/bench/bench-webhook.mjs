import { addAccount } from '@helpdesk/core';
import { telegram } from '@helpdesk/plugin-telegram';
import { webhookSecret } from '../../plugins/telegram/dist/connect/webhook.js';
import { ask, isQuick, measure } from './measuring.mjs';
import { startDesk } from './start-desk.mjs';

export const atDesk = {
  // Nobody is there: what is measured is the way in.
  plugins: () => [telegram({ apiUrl: 'http://127.0.0.1:9' }, { enabled: true })],
  // What becomes of it afterwards is another row's.
  works: false,
  async seed(app, { lineId }) {
    const accountId = await addAccount(app, {
      channel: 'telegram',
      lineId,
      name: 'Warm House',
      address: '@warm_house_bot',
      config: { mode: 'webhook', botId: 123456789 },
      secrets: { token: '123456789:AAfaketokenfaketokenfaketokenfake00' },
      actor: { kind: 'system', id: 'bench', door: 'bench' },
    });
    return { accountId, secret: webhookSecret(app, accountId) };
  },
};

const update = (n) => {
  const person = { id: 1000 + (n % 300), first_name: 'Ann', username: `ann${n % 300}`, language_code: 'en' };
  return JSON.stringify({
    update_id: 700_000 + n,
    message: {
      message_id: n,
      from: { ...person, is_bot: false },
      chat: { ...person, type: 'private' },
      date: 1_773_300_000 + n,
      text: `The heater in the bedroom makes a noise, number ${n}`,
    },
  });
};

export async function benchWebhook(engine) {
  const desk = await startDesk(engine, 1000, 'webhook');
  const { accountId, secret } = desk.told;
  const path = `/inbound/telegram/${accountId}`;
  const extra = { engine, tickets: 1000 };
  try {
    await measure(
      'webhook into the journal',
      { pid: desk.pid, target: 2, extra },
      isQuick ? 200 : 500,
      async (n) => {
        const { status, body } = await ask(desk.port, {
          path,
          method: 'POST',
          body: update(n),
          type: 'application/json',
          headers: { 'x-telegram-bot-api-secret-token': secret },
        });
        if (status !== 200) throw new Error(`${path}: ${status} ${body.slice(0, 300)}`);
      },
    );
    const { kept } = await desk.order('count');
    if (kept < 200) throw new Error(`only ${kept} are in the journal`);
  } finally {
    await desk.stop();
  }
}
atDesk.orders = {
  async count(app) {
    const [row] = await app.db('intake').count({ n: '*' });
    return { kept: Number(row.n) };
  },
};
