import { keepRaw, listAccounts, answerTicket, type Plugin } from '@helpdesk/core';
import { mailboxSetup } from '@helpdesk/core/contracts';
import { startTestDesk, type TestDesk, type TestDeskOptions } from '@helpdesk/core/testing';
import { desk } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import { knowledgeBase } from '@helpdesk/plugin-knowledge-base';
import { portal } from '@helpdesk/plugin-portal';
import { reporting } from '@helpdesk/plugin-reporting';
import { routing } from '@helpdesk/plugin-routing';
import { sla } from '@helpdesk/plugin-sla';
import { surveys } from '@helpdesk/plugin-surveys';
import { telegram } from '@helpdesk/plugin-telegram';
import { viber } from '@helpdesk/plugin-viber';
import { webChat } from '@helpdesk/plugin-web-chat';
import { whatsapp } from '@helpdesk/plugin-whatsapp';
import type { Page } from 'playwright-core';
import supertest from 'supertest';
import { startSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';

/** Every capability that comes with the desk. */
export const capabilities = {
  'knowledge-base': knowledgeBase,
  portal,
  reporting,
  routing,
  sla,
  surveys,
  telegram,
  viber,
  'web-chat': webChat,
  whatsapp,
} as const;
export type Capability = keyof typeof capabilities;
export const names = Object.keys(capabilities) as Capability[];

/** The desk and mail, with these capabilities switched on; `isLocked: false` leaves the switch to the browser. */
export function pluginsWith(wanted: readonly Capability[], { isLocked = true } = {}): Plugin[] {
  const placement = isLocked ? { enabled: true } : {};
  return [desk(), email({ pollSeconds: 3600 }), ...wanted.map((name) => capabilities[name]({}, placement))];
}

interface Envelope {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
}

export interface WholeDesk {
  readonly desk: TestDesk;
  /** Signed in as the owner. */
  readonly owner: ReturnType<typeof supertest.agent>;
  readonly sink: SmtpSink;
  /** A letter comes in, Carla's to the support without other words. @returns the id of its ticket */
  write(text: string, envelope?: Partial<Envelope>): Promise<number>;
  /** Another address that people write to. */
  addMailbox(mailbox: { address: string; name: string; lineId: number }): Promise<void>;
  /** The owner answers, and the time for undo passes. */
  answer(ticketId: number, text: string): Promise<void>;
  close(): Promise<void>;
}

export async function startWholeDesk(
  plugins: readonly Plugin[],
  options: Omit<TestDeskOptions, 'config'> = {},
): Promise<WholeDesk> {
  const sink = await startSmtpSink();
  const test = await startTestDesk({ ...options, config: { plugins: [...plugins] } });
  const { app } = test;
  const addMailbox: WholeDesk['addMailbox'] = async (mailbox) => {
    await app.service(mailboxSetup)?.add({
      ...mailbox,
      password: 'secret',
      imap: { host: '127.0.0.1', port: 1, secure: 'none' },
      smtp: { host: '127.0.0.1', port: sink.port, secure: 'none' },
      actor: { kind: 'system', id: 'test' },
    });
  };
  await addMailbox({ address: support, name: 'Support', lineId: 1 });
  const owner = supertest.agent(test.server);
  const { email: address, password } = test.owner;
  await owner.post('/desk/sign-in').set('Origin', test.url).type('form').send({ email: address, password });
  let letters = 0;
  return {
    desk: test,
    owner,
    sink,
    addMailbox,
    async write(text, { from = carla, to = support } = {}) {
      letters += 1;
      const raw = Buffer.from(letter({ n: letters, from, to, text }));
      const accounts = await listAccounts(app.db, { channel: 'email' });
      const account = accounts.find((one) => one.address === to);
      if (!account) throw new Error(`the mailbox ${to} is missing`);
      await keepRaw(app, { account, externalId: `1:${letters}`, raw });
      await test.drain();
      const row: { ticketId: number } | undefined = await app
        .db('messages')
        .where({ text })
        .first('ticketId');
      if (!row) throw new Error(`"${text}" is no ticket`);
      return row.ticketId;
    },
    async answer(ticketId, text) {
      await answerTicket(app, {
        ticketId,
        agentId: test.owner.id,
        text,
        to: [{ name: '', kind: 'email', value: carla.address }],
        actor: { kind: 'agent', id: test.owner.id, door: 'desk' },
      });
      test.clock.pass(10_000);
      await test.drain();
    },
    async close() {
      await test.close();
      await sink.stop();
    },
  };
}

/** The owner comes in by the page for it. */
export async function signInOwner(page: Page, { url, owner }: TestDesk): Promise<void> {
  await page.goto(`${url}/desk/sign-in`);
  await page.fill('[name=email]', owner.email);
  await page.fill('[name=password]', owner.password);
  await page.click('main button[type=submit]');
  await page.waitForURL(/\/desk\/(inbox|$)/);
}

const support = 'support@desk.example';
const carla = { name: 'Carla', address: 'carla@client.example' };

const letter = ({ n, from, to, text }: Envelope & { n: number; text: string }) =>
  [
    `Message-ID: <${n}@client.example>`,
    `From: ${from.name} <${from.address}>`,
    `To: ${to}`,
    `Subject: Letter ${n}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\r\n');
