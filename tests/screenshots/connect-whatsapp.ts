import { createHmac } from 'node:crypto';
import { addAccount } from '@helpdesk/core';
import type { TestDesk } from '@helpdesk/core/testing';
import { callOf, messageOf } from '../../plugins/whatsapp/fake/payloads.js';
import type { FakeWhatsApp } from '../../plugins/whatsapp/fake/start-fake-whatsapp.js';
import { actor } from './set-up-rules.js';

const template = (name: string, text: string) => ({
  name,
  status: 'APPROVED',
  language: 'en',
  category: 'UTILITY',
  components: [{ type: 'BODY', text }],
});

/** Connects a number with templates. @returns how a customer writes to it */
export async function connectWhatsApp({ app, url }: TestDesk, fake: FakeWhatsApp) {
  const { token: accessToken, appSecret, phoneNumberId, wabaId, templates } = fake.state;
  templates.splice(
    0,
    templates.length,
    template('order_on_its_way', 'Hello {{1}}, your order {{2}} is on its way and comes on {{3}}.'),
    template('may_we_help', 'Hello {{1}}, is your question still open? Write to us here.'),
  );
  await addAccount(app, {
    channel: 'whatsapp',
    lineId: 1,
    name: 'Warm House',
    address: '+7 495 555-01-01',
    actor,
    config: { phoneNumberId, wabaId },
    secrets: { accessToken, appSecret },
  });
  return async (name: string, text: string): Promise<void> => {
    const written = { n: 1, from: { id: 9_165_550_101, name }, text };
    const body = JSON.stringify(callOf(fake, [{ messages: [messageOf(written, { fake, now: app.now() })] }]));
    const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
    const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature };
    await fetch(`${url}/inbound/whatsapp`, { method: 'POST', headers, body });
  };
}
