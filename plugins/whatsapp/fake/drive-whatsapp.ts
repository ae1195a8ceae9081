import { createHmac } from 'node:crypto';
import { addAccount, findAccount, listLines } from '@helpdesk/core';
import {
  startTestDesk,
  type Call,
  type ChannelDriver,
  type TestDeskOptions,
  type Written,
} from '@helpdesk/core/testing';
import { whatsapp } from '../index.js';
import { callOf, messageOf, statusOf, type CallPart } from './payloads.js';
import { startFakeWhatsApp, type FakeWhatsApp } from './start-fake-whatsapp.js';

/** A desk with one number, told by the fake WhatsApp what happens. */
export interface WhatsAppDriver extends ChannelDriver {
  readonly fake: FakeWhatsApp;
  /** Where Meta calls. */
  readonly callback: string;
  /** A call that holds all of these, signed. */
  tell(...parts: readonly CallPart[]): Call;
  /** One more number of the desk's, of an app with another secret unless told otherwise. */
  addNumber(phoneNumberId: string, appSecret?: string): Promise<number>;
}

export const signatureOf = (body: string | Buffer, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

export async function driveWhatsApp(engine: NonNullable<TestDeskOptions['engine']>): Promise<WhatsAppDriver> {
  const fake = await startFakeWhatsApp();
  const desk = await startTestDesk({
    engine,
    config: {
      url: 'https://help.acme.example',
      plugins: [whatsapp({ apiUrl: fake.url }, { enabled: true })],
    },
  });
  const { token: accessToken, appSecret: secret, phoneNumberId, wabaId } = fake.state;
  const [line] = await listLines(desk.app.db);
  const addNumber = (id: string, appSecret: string) =>
    addAccount(desk.app, {
      channel: 'whatsapp',
      lineId: line?.id ?? 1,
      name: 'Warm House',
      address: '+7 495 555-01-01',
      config: { phoneNumberId: id, wabaId },
      secrets: { accessToken, appSecret },
      actor: { kind: 'system', id: 'test' },
    });
  const account = await findAccount(desk.app.db, await addNumber(phoneNumberId, secret));
  const callback = `${desk.url}/inbound/whatsapp`;
  const post = (body: string | Buffer<ArrayBuffer>, signature: string | undefined): Call => ({
    async make() {
      const headers = {
        'Content-Type': 'application/json',
        ...(signature === undefined ? {} : { 'X-Hub-Signature-256': signature }),
      };
      // What is too large is refused before all of it is read.
      const response = await fetch(callback, { method: 'POST', headers, body }).catch(() => undefined);
      return response?.status ?? 413;
    },
  });
  const signed = (body: string | Buffer<ArrayBuffer>) => post(body, signatureOf(body, secret));
  const tell = (...parts: readonly CallPart[]) => signed(JSON.stringify(callOf(fake, parts)));
  const json = (written: Written) =>
    JSON.stringify(callOf(fake, [{ messages: [messageOf(written, { fake, now: desk.clock.now() })] }]));
  return {
    fake,
    desk,
    account,
    callback,
    tell,
    addNumber: (id, appSecret = 'f'.repeat(32)) => addNumber(id, appSecret),
    call: (written) => signed(json(written)),
    forge(written) {
      const body = json(written);
      const signature = signatureOf(body, secret);
      return [
        { how: 'no signature', call: post(body, undefined) },
        { how: 'the signature of another app', call: post(body, signatureOf(body, '0'.repeat(32))) },
        { how: 'a signature that is cut', call: post(body, signature.slice(0, -1)) },
        { how: 'a signature that is too long', call: post(body, `${signature}0`) },
        { how: 'a signature without its kind', call: post(body, signature.slice('sha256='.length)) },
        { how: 'the signature of other bytes', call: post(`${body} `, signature) },
      ];
    },
    garbage: () => signed('{"object":'),
    huge: (bytes) => signed(Buffer.alloc(bytes, 0x20)),
    receipt: (id, kind) =>
      tell({ statuses: [statusOf(id, kind === 'seen' ? 'read' : 'delivered', desk.clock.now())] }),
    sent: () => fake.state.sent.map(({ to, text, files, id }) => ({ to, text, files, id })),
    failNext: (how) => void fake.state.troubles.push(how),
    async close() {
      await desk.close();
      await fake.close();
    },
  };
}
