import { addAccount } from '@helpdesk/core';
import { mailer } from '@helpdesk/core/contracts';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseHeaders } from '../../../tests/setup/parse-headers.js';
import { startSmtpSink, type SmtpSink } from '../../../tests/setup/smtp-sink.js';
import { email } from '../index.js';

let desk: TestDesk;
let sink: SmtpSink;
beforeAll(async () => {
  sink = await startSmtpSink();
  desk = await startTestDesk({ config: { plugins: [email()] } });
  await addAccount(desk.app, {
    channel: 'email',
    lineId: 1,
    name: 'Help',
    address: 'help@desk.example',
    config: { smtp: { host: '127.0.0.1', port: sink.port, secure: 'none' } },
    actor: { kind: 'system', id: 'test', door: 'test' },
  });
});
afterAll(async () => {
  await desk?.close();
  await sink?.stop();
});

const notice = { to: 'ann@client.example', subject: 'How was it?', text: 'Tell us' };
const send = async (headers: Record<string, string>) =>
  desk.app.service(mailer)?.send({ ...notice, headers });

it('a notice tells mail programs how to end such letters', async () => {
  const token = 'a'.repeat(300);
  await send({
    'List-Unsubscribe': `<https://desk.example/inbound/surveys/stop/${token}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  await desk.drain();
  const headers = parseHeaders(sink.mails.at(-1)?.raw ?? Buffer.alloc(0));
  expect(headers.get('list-unsubscribe')).toBe(`<https://desk.example/inbound/surveys/stop/${token}>`);
  expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(headers.get('auto-submitted')).toBe('auto-generated');
});

it.each([
  ['another header', { Bcc: 'eve@evil.example' }],
  ['another one with the name of a method', { constructor: 'x' }],
  ['a second line', { 'List-Unsubscribe': '<https://desk.example/>\r\nBcc: eve@evil.example' }],
  ['a line break alone', { 'List-Unsubscribe': '<https://desk.example/\n>' }],
  ['something that is no address', { 'List-Unsubscribe': 'https://desk.example/' }],
  ['a script', { 'List-Unsubscribe': '<javascript:alert(1)>' }],
  ['another mark', { 'List-Unsubscribe-Post': 'List-Unsubscribe=Two' }],
])('%s is refused before anything is queued', async (_, headers: Record<string, string>) => {
  const before = sink.mails.length;
  await expect(send(headers)).rejects.toThrow('header');
  await desk.drain();
  expect(sink.mails.length).toBe(before);
});
