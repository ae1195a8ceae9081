import { answerTicket, keepRaw } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { email } from '@helpdesk/plugin-email';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveWebChat, type WebChatDriver } from '../../plugins/web-chat/fake/drive-web-chat.js';
import type { ChatPage } from '../../plugins/web-chat/fake/page.js';
import { addTestMailbox } from '../faults/test-mailbox.js';
import { startSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';

const MINUTE = 60_000;

describe.each(testEngines)('an answer that the visitor does not see, %s', (engine) => {
  let driver: WebChatDriver;
  let sink: SmtpSink;
  let mailbox: number;

  beforeAll(async () => {
    sink = await startSmtpSink();
    driver = await driveWebChat(engine, { plugins: [email()] });
    mailbox = await addTestMailbox(driver.desk.app, sink.port);
  });
  afterAll(async () => {
    await driver?.close();
    await sink?.stop();
  });

  async function asks(page: ChatPage, text: string, more: object = {}): Promise<number> {
    await page.call('send', { id: `id-of-${text.replaceAll(' ', '-')}`, text, ...more });
    await driver.desk.drain();
    return (await driver.desk.app.db('messages').where({ text }).first('ticketId')).ticketId as number;
  }
  async function answers(page: ChatPage, ticketId: number, text: string): Promise<void> {
    await answerTicket(driver.desk.app, {
      ticketId,
      agentId: driver.desk.owner.id,
      text,
      to: [{ name: '', kind: 'web-chat', value: page.visitor }],
      actor: { kind: 'agent', id: driver.desk.owner.id },
    });
    await driver.desk.drain();
  }
  const pass = async (minutes: number) => {
    driver.desk.clock.pass(minutes * MINUTE);
    await driver.desk.drain();
  };

  it('goes to the address that was left, once, and what is answered to it lands on the same ticket', async () => {
    const page = driver.page();
    const ticketId = await asks(page, 'is it warm', { email: 'ann@client.example' });
    await answers(page, ticketId, 'Yes, **it is**');
    await answers(page, ticketId, 'and quiet');
    await pass(8);
    expect(sink.mails).toHaveLength(0);
    await pass(3);
    await pass(30);
    expect(sink.mails.map(({ to }) => to)).toEqual([['ann@client.example']]);
    const [mail] = sink.mails;
    const raw = mail?.raw.toString() ?? '';
    for (const words of ['shop.example', 'it is', 'and quiet']) expect(raw).toContain(words);
    await keepRaw(driver.desk.app, {
      account: { id: mailbox, channel: 'email' },
      externalId: 'answer',
      raw: Buffer.from(
        [
          'Message-ID: <answer@client.example>',
          'From: Ann <ann@client.example>',
          'To: support@desk.example',
          `In-Reply-To: ${mail?.headers.get('message-id') ?? ''}`,
          'Subject: Re: chat',
          '',
          'thanks by mail',
        ].join('\r\n'),
      ),
    });
    await driver.desk.drain();
    expect(await driver.desk.app.db('messages').where({ text: 'thanks by mail' }).first('ticketId')).toEqual({
      ticketId,
    });
  });

  it('stays in the chat when it was seen, or when there is no address', async () => {
    const before = sink.mails.length;
    const [seen, nameless] = [driver.page(), driver.page()];
    const first = await asks(seen, 'seen', { email: 'bob@client.example' });
    const second = await asks(nameless, 'nameless');
    await answers(seen, first, 'you see');
    await answers(nameless, second, 'you do not');
    await seen.call('news', { after: 2, seen: 2 });
    await pass(30);
    expect(sink.mails).toHaveLength(before);
    // The address may come later.
    await nameless.call('about', { email: 'late@client.example' });
    await pass(2);
    await pass(2);
    expect(sink.mails.slice(before).map(({ to }) => to)).toEqual([['late@client.example']]);
  });
});
