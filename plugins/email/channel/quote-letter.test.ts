import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  noteOnTicket,
  answerTicket,
  changeAccount,
  findAccount,
  keepRaw,
  type MessageRecord,
  type Participant,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addTestMailbox } from '../../../tests/faults/test-mailbox.js';
import { startSmtpSink, type SmtpSink } from '../../../tests/setup/smtp-sink.js';
import { email } from '../index.js';
import { parseMail } from '../parse/parse-mail.js';
import type { ParsedMail } from '../parse/parsed-mail.js';

const carla = 'carla@client.example';
const boss = 'boss@client.example';
const person = (value: string, name = ''): Participant => ({ name, kind: 'email', value });

interface Letter {
  text?: string;
  html?: string;
  from?: string;
  cc?: string;
  inReplyTo?: string;
  headers?: string[];
}

const words = {
  en: {
    asked: 'The heater is cold.\nWhat can I do?',
    answer: 'Please press reset.',
    wrote: /^On 12 March 2026 at \d\d:\d\d, Carla wrote:$/m,
    thanks: 'It works now, thank you!',
    attribution: 'On Thu, 12 Mar 2026 at 10:00, Support <support@desk.example> wrote:',
    outlook: ['From: Support', 'Sent: Thursday, March 12, 2026', 'To: Carla', 'Subject: Re: Heater'],
    cut: '[The rest of this letter is left out.]',
  },
  ru: {
    asked: 'Котёл не греет.\nЧто делать?',
    answer: 'Нажмите сброс.',
    wrote: /^12 марта 2026 г\. в \d\d:\d\d, Carla пишет:$/m,
    thanks: 'Заработало, спасибо!',
    attribution: 'чт, 12 мар. 2026 г. в 10:00, Support <support@desk.example>:',
    outlook: ['От: Support', 'Отправлено: 12 марта 2026 г.', 'Кому: Carla', 'Тема: Re: Heater'],
    cut: '[Остальная часть письма не приведена.]',
  },
};

describe.each(testEngines)('the letter that an answer carries, %s', (engine) => {
  let desk: TestDesk;
  let sink: SmtpSink;
  let folder: string;
  let account: number;
  let count = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quote-'));
    sink = await startSmtpSink();
    desk = await startTestDesk({ engine, config: { plugins: [email()] } });
    account = await addTestMailbox(desk.app, sink.port);
  });
  afterAll(async () => {
    await desk?.close();
    await sink?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => configure({ quote: 'last', signature: '{{agent.signature}}', greeting: '' }));

  async function configure(fields: Readonly<Record<string, unknown>>): Promise<void> {
    const { config } = await findAccount(desk.app.db, account);
    const actor = { kind: 'system', id: 'test' } as const;
    await changeAccount(desk.app, {
      accountId: account,
      fields: { config: { ...config, ...fields } },
      actor,
    });
  }

  /** Puts a letter into the journal and reads the message that it became. */
  async function receive({ text, html, from, cc, inReplyTo, headers = [] }: Letter): Promise<MessageRecord> {
    count += 1;
    const id = `<${count}.${engine}@client.example>`;
    const raw = [
      `Message-ID: ${id}`,
      `From: ${from ?? `Carla <${carla}>`}`,
      'To: support@desk.example',
      ...(cc ? [`Cc: ${cc}`] : []),
      `Subject: Heater ${inReplyTo ? '' : count}`,
      'Date: Thu, 12 Mar 2026 09:00:00 +0000',
      ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []),
      ...headers,
      `Content-Type: text/${html === undefined ? 'plain' : 'html'}; charset=utf-8`,
      '',
      html ?? text ?? 'Hello',
    ].join('\r\n');
    await keepRaw(desk.app, {
      account: { id: account, channel: 'email' },
      externalId: id,
      raw: Buffer.from(raw),
    });
    await desk.drain();
    const row = await desk.app.db('messages').where({ externalId: id }).first();
    return { ...row, participants: JSON.parse(row.participants) } as MessageRecord;
  }

  async function answer(
    ticketId: number,
    { text = 'Please wait.', to = [carla], cc = [] }: { text?: string; to?: string[]; cc?: string[] } = {},
  ): Promise<ParsedMail & { raw: string }> {
    const before = sink.mails.length;
    const agentId = desk.owner.id;
    await answerTicket(desk.app, {
      ticketId,
      agentId,
      text,
      to: to.map((value) => person(value)),
      cc: cc.map((value) => person(value)),
      actor: { kind: 'agent', id: agentId },
    });
    desk.clock.pass(11_000);
    await desk.drain();
    const mail = sink.mails[before];
    if (!mail) throw new Error('nothing was sent');
    return { ...(await parseMail(mail.raw, { attachmentDir: folder })), raw: mail.raw.toString() };
  }

  describe.each(['en', 'ru'] as const)('in the language of the customer, %s', (language) => {
    const say = words[language];
    const asked = say.asked.split('\n');

    it('stands below the signature, as text and as HTML', async () => {
      await configure({ signature: 'Support' });
      const { ticketId } = await receive({ text: say.asked });
      const { text, html } = await answer(ticketId, { text: say.answer });
      expect(text).toMatch(say.wrote);
      const below = text.slice(text.indexOf('\n-- \nSupport\n'));
      expect(below).toContain(`> ${asked[0]}\n> ${asked[1]}`);
      expect(html.replaceAll('\n', '')).toMatch(
        new RegExp(`Support</p><div>[^<]+</div><blockquote[^>]*>${asked[0]}<br ?/?>.*</blockquote>`),
      );
    });

    it('is cut off again when the customer answers with any program', async () => {
      const { ticketId } = await receive({ text: say.asked });
      const ours = await answer(ticketId, { text: say.answer });
      const marked = ours.text.trim().replaceAll(/^/gm, '> ');
      const body = /<body>(.*)<\/body>/s.exec(ours.html)?.[1] ?? ours.html;
      const quotes: Letter[] = [
        { text: `${say.thanks}\n\n${say.attribution}\n\n${marked}` },
        { text: `${say.thanks}\n\n-----Original Message-----\n${say.outlook.join('\n')}\n\n${ours.text}` },
        { text: `${say.thanks}\n\n${say.outlook.join('\n')}\n\n${ours.text}` },
        {
          html: `<div dir="ltr">${say.thanks}</div><br><div class="gmail_quote"><div class="gmail_attr">${say.attribution}<br></div><blockquote class="gmail_quote">${body}</blockquote></div>`,
        },
        {
          html: `<p>${say.thanks}</p><div id="divRplyFwdMsg">${say.outlook.join('<br>')}</div><div>${body}</div>`,
        },
        { html: `<p>${say.thanks}</p><blockquote type="cite">${body}</blockquote>` },
      ];
      for (const quote of quotes) {
        const back = await receive({ ...quote, inReplyTo: ours.messageId ?? '' });
        expect(back).toMatchObject({ ticketId, text: say.thanks });
      }
    });

    it('is cut off where the program puts no mark between', async () => {
      const { ticketId } = await receive({ text: say.asked });
      const ours = await answer(ticketId, { text: say.answer });
      for (const quote of [
        { text: `${say.thanks}\n\n${ours.text}` },
        { html: `<p>${say.thanks}</p>${/<body>(.*)<\/body>/s.exec(ours.html)?.[1] ?? ours.html}` },
      ]) {
        const back = await receive({ ...quote, inReplyTo: ours.messageId ?? '' });
        expect(back.text).toContain(say.thanks);
        expect(back.text).not.toContain(asked[0]);
      }
    });

    it('is cut at 20 KB, and says so', async () => {
      const { ticketId } = await receive({ text: `${asked[0]} `.repeat(3000) });
      const { text } = await answer(ticketId);
      expect(text).toContain(`> ${say.cut}`);
      expect(Buffer.byteLength(text)).toBeLessThan(22 * 1024);
      expect(text).not.toContain('\uFFFD');
    });
  });

  it('is left out where the mailbox says so', async () => {
    await configure({ quote: 'none' });
    const { ticketId } = await receive({ text: 'A secret' });
    expect((await answer(ticketId)).raw).not.toContain('secret');
  });

  it('is left out for everybody when one recipient had not got it', async () => {
    const { ticketId } = await receive({ text: 'A secret', cc: boss });
    expect((await answer(ticketId, { cc: [boss] })).text).toContain('> A secret');
    expect((await answer(ticketId, { cc: [boss.toUpperCase()] })).text).toContain('> A secret');
    const added = await answer(ticketId, { cc: [boss, 'new@client.example'] });
    expect(added.raw).not.toContain('secret');
    expect((await answer(ticketId, { to: ['carla@elsewhere.example'] })).raw).not.toContain('secret');
  });

  it('gives nothing of the history to somebody who put himself into the copies of a later letter', async () => {
    const first = await receive({ text: 'My number is 12345' });
    const ours = await answer(first.ticketId, { text: 'Thank you' });
    const forged = await receive({
      text: 'Please copy my colleague',
      cc: 'eve@evil.example',
      inReplyTo: ours.messageId ?? '',
    });
    expect(forged.ticketId).toBe(first.ticketId);
    const sent = await answer(first.ticketId, { cc: ['eve@evil.example'] });
    expect(sent.text).toContain('> Please copy my colleague');
    expect(sent.raw).not.toContain('12345');
  });

  it('is never a note, never an earlier answer, never what a machine sent', async () => {
    const { ticketId } = await receive({ text: 'The question' });
    await answer(ticketId, { text: 'First answer' });
    await noteOnTicket(desk.app, {
      ticketId,
      agentId: desk.owner.id,
      text: 'Between us',
      actor: { kind: 'agent', id: desk.owner.id },
    });
    const ours = (await desk.app.db('messages').where({ ticketId, kind: 'outgoing' }).first()).externalId;
    await receive({ text: 'I am away', inReplyTo: ours, headers: ['Auto-Submitted: auto-replied'] });
    const { text } = await answer(ticketId, { text: 'Second answer' });
    expect(text).toContain('> The question');
    expect(text).not.toMatch(/First answer|Between us|I am away/);
  });

  it('is the letter that the agent had read, not one that came meanwhile', async () => {
    const read = await receive({ text: 'As I read it' });
    await receive({ text: 'Came later', inReplyTo: read.externalId ?? '' });
    await answerTicket(desk.app, {
      ticketId: read.ticketId,
      agentId: desk.owner.id,
      text: 'Answer',
      to: [person(carla)],
      lastSeenMessageId: read.id,
      anyway: true,
      actor: { kind: 'agent', id: desk.owner.id },
    });
    const row = await desk.app.db('messages').where({ ticketId: read.ticketId, kind: 'outgoing' }).first();
    const { quote } = JSON.parse(row.frozen) as { quote: { text: string } };
    expect(quote.text).toContain('> As I read it');
    expect(quote.text).not.toContain('Came later');
    desk.clock.pass(11_000);
    await desk.drain();
  });

  it('carries no signed id of a thread, in no form, and none of what the letter quoted itself', async () => {
    const { ticketId } = await receive({ text: 'One' });
    const ours = await answer(ticketId);
    const token = /t\.\d+\.\d+\.[0-9a-f]{32}/.exec(ours.messageId ?? '')?.[0] ?? '';
    const plus = `support+${token}@desk.example`;
    for (const letter of [
      { text: `Write to ${plus}, ${token.toUpperCase()}\n\nOn 1 May 2026, Support <${plus}> wrote:\n> Old` },
      { html: `<p>Write <b>to</b> <a href="mailto:${plus.replaceAll('.', '%2e')}">${plus}</a></p>` },
    ]) {
      await receive({ ...letter, inReplyTo: ours.messageId ?? '' });
      const { text, html } = await answer(ticketId);
      expect(text).toContain('> Write to support@desk.example');
      for (const shown of [text, html]) {
        expect(shown.toLowerCase().replaceAll('%2e', '.')).not.toContain(token.slice(-32));
        expect(shown).not.toContain('Old');
      }
    }
  });

  it('is the HTML of the letter, made safe, with names in place of pictures', async () => {
    const html =
      '<p onclick="x()">See <b>this</b><script>alert(1)</script><img src="https://track.example/p.gif" alt="Logo"><img src="cid:a@b"></p>';
    const { ticketId } = await receive({ html });
    const { raw, html: ours } = await answer(ticketId);
    expect(ours).toContain('<p>See <b>this</b>[Logo]</p></blockquote>');
    expect(raw).not.toMatch(/track\.example|onclick|alert\(1\)|cid:a/);
  });

  it('goes out in the same bytes at every try', async () => {
    const { ticketId } = await receive({ text: 'Again?' });
    sink.script({ [carla]: ['close-after-dot', '250'] });
    await answer(ticketId);
    await configure({ quote: 'none', greeting: 'Changed meanwhile' });
    desk.clock.pass(16 * 60_000);
    await desk.drain();
    sink.script({});
    const [once, again] = sink.mails.slice(-2);
    expect(once?.raw.toString()).toContain('> Again?');
    expect(again?.raw.equals(once?.raw ?? Buffer.alloc(0))).toBe(true);
  });
});
