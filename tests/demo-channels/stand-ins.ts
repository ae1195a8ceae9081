import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { addAccount, type HostApp } from '@helpdesk/core';
import type { Written } from '@helpdesk/core/testing';
import { updateOf } from '../../plugins/telegram/fake/drive-telegram.js';
import { startFakeTelegram } from '../../plugins/telegram/fake/start-fake-telegram.js';
import { signatureOf } from '../../plugins/viber/fake/answer-method.js';
import { callbackOf } from '../../plugins/viber/fake/drive-viber.js';
import { exactJson } from '../../plugins/viber/fake/fake-state.js';
import { startFakeViber } from '../../plugins/viber/fake/start-fake-viber.js';
import { callOf, messageOf } from '../../plugins/whatsapp/fake/payloads.js';
import { sampleTemplates } from '../../plugins/whatsapp/fake/sample-templates.js';
import { startFakeWhatsApp } from '../../plugins/whatsapp/fake/start-fake-whatsapp.js';

/** One provider as a stand-in, connected to a desk. */
export interface StandIn {
  readonly name: string;
  /** A customer writes there. */
  write(written: Written): Promise<unknown>;
  /** What has been sent to customers, oldest first. */
  sent(): readonly { readonly to: string; readonly text: string }[];
  close(): Promise<void>;
}

export interface Place {
  readonly app: HostApp;
  /** Where the desk listens. */
  readonly url: string;
}

const actor = { kind: 'system', id: 'demo' } as const;

export async function startTelegram(): Promise<{ apiUrl: string; connect(place: Place): Promise<StandIn> }> {
  const fake = await startFakeTelegram();
  return {
    apiUrl: fake.url,
    async connect({ app }) {
      const { token } = fake.state;
      const config = { mode: 'polling', botId: 123456789 };
      const named = { name: 'Warm House', address: '@warm_house_bot' };
      await addAccount(app, { channel: 'telegram', lineId: 1, ...named, config, secrets: { token }, actor });
      return {
        name: 'telegram',
        write: (written) => Promise.resolve(fake.push(updateOf(written, fake))),
        sent: () => fake.state.sent.map(({ chatId, text }) => ({ to: chatId, text })),
        close: () => fake.close(),
      };
    },
  };
}

export async function startWhatsApp(): Promise<{ apiUrl: string; connect(place: Place): Promise<StandIn> }> {
  const fake = await startFakeWhatsApp();
  fake.state.templates.push(...sampleTemplates);
  return {
    apiUrl: fake.url,
    async connect({ app, url }) {
      const { token: accessToken, appSecret, phoneNumberId, wabaId } = fake.state;
      await addAccount(app, {
        channel: 'whatsapp',
        lineId: 1,
        name: 'Warm House',
        address: '+7 495 555-01-01',
        config: { phoneNumberId, wabaId },
        secrets: { accessToken, appSecret },
        actor,
      });
      return {
        name: 'whatsapp',
        write: (written) => {
          const body = JSON.stringify(
            callOf(fake, [{ messages: [messageOf(written, { fake, now: app.now() })] }]),
          );
          const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
          const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature };
          return fetch(`${url}/inbound/whatsapp`, { method: 'POST', headers, body });
        },
        sent: () => fake.state.sent.map(({ to, text }) => ({ to, text })),
        close: () => fake.close(),
      };
    },
  };
}

export async function startViber(): Promise<{ apiUrl: string; connect(place: Place): Promise<StandIn> }> {
  const fake = await startFakeViber();
  return {
    apiUrl: fake.url,
    async connect({ app, url }) {
      fake.state.reach = (address) => address.replace(app.config.url, url);
      fake.state.wantsHttps = false;
      const { token } = fake.state;
      const accountId = await addAccount(app, {
        channel: 'viber',
        lineId: 1,
        name: 'Warm House',
        address: 'warmhouse',
        config: { botId: 'pa:75346594275468546724' },
        secrets: { token },
        actor,
      });
      return {
        name: 'viber',
        write(written) {
          const body = exactJson(callbackOf(written, { fake, now: app.now().getTime() }));
          const headers = {
            'Content-Type': 'application/json',
            'X-Viber-Content-Signature': signatureOf(body, token),
          };
          return fetch(`${url}/inbound/viber/${accountId}`, { method: 'POST', headers, body });
        },
        sent: () => fake.state.sent.map(({ to, text }) => ({ to, text })),
        close: () => fake.close(),
      };
    },
  };
}

/** A site of the company's with the chat on it, at an address of its own. */
export async function startSite(): Promise<{
  origin: string;
  show(tag: string): void;
  close(): Promise<void>;
}> {
  let script = '';
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>Warm House</title><h1>Warm House</h1><p>A site with a chat.</p>${script}`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    show: (tag) => void (script = tag),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
