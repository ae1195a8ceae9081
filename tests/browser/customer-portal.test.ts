import { AxeBuilder } from '@axe-core/playwright';
import { mailboxSetup } from '@helpdesk/core/contracts';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import { portal } from '@helpdesk/plugin-portal';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { hasDovecot, startDovecot, type Dovecot } from '../setup/dovecot.js';
import { startSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';
import { until } from '../setup/until.js';

const words = {
  en: {
    signIn: 'Sign in',
    send: 'Send me a link',
    subject: 'The thermostat cannot see the boiler',
    text: 'It blinks red twice.',
    working: 'in progress',
    answer: 'Which model is it?',
    yours: 'your turn',
    reply: 'TD-120, firmware 2.4',
    solve: 'It is solved',
    solved: 'solved',
    reopen: 'Take it up again',
  },
  ru: {
    signIn: 'Войти',
    send: 'Прислать ссылку',
    subject: 'Термостат не видит котёл',
    text: 'Дважды мигает красным.',
    working: 'в работе',
    answer: 'Какая у вас модель?',
    yours: 'ждём вас',
    reply: 'TD-120, прошивка 2.4',
    solve: 'Вопрос решён',
    solved: 'решено',
    reopen: 'Вернуть в работу',
  },
};

const runs = testEngines.map((engine, i) => ({
  engine,
  language: i === 0 ? ('ru' as const) : ('en' as const),
}));
// Both languages are wanted where there is one database only.
if (runs.length === 1) runs.push({ engine: 'sqlite', language: 'en' });

describe.skipIf(!hasChromium || !hasDovecot).each(runs)(
  'the whole way of a customer in the portal, $engine, $language',
  ({ engine, language }) => {
    const say = words[language];
    let desk: TestDesk;
    let dovecot: Dovecot;
    let sink: SmtpSink;
    let browser: Browser;
    const troubles: string[] = [];

    beforeAll(async () => {
      dovecot = await startDovecot();
      sink = await startSmtpSink({ forwardTo: dovecot });
      desk = await startTestDesk({
        engine,
        language,
        realClock: true,
        works: true,
        config: { plugins: [deskPlugin(), email({ pollSeconds: 1 }), portal({}, { enabled: true })] },
      });
      const actor = { kind: 'system', id: 'test' } as const;
      const fields = desk.app.settingFields('company') ?? {};
      await desk.app.settings.save('company', fields, { values: { undoSeconds: '0' }, actor });
      const server = (port: number) => ({ host: '127.0.0.1', port, secure: 'none' as const });
      await desk.app.service(mailboxSetup)?.add({
        address: 'support@desk.example',
        password: 'secret',
        imap: server(dovecot.port),
        smtp: server(sink.port),
        lineId: 1,
        name: 'Support',
        actor,
      });
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser?.close();
      await desk?.close();
      await sink?.stop();
      await dovecot?.stop();
    });

    async function open(viewport: { width: number; height: number }): Promise<Page> {
      const colorScheme = language === 'ru' ? ('dark' as const) : ('light' as const);
      const context = await browser.newContext({ locale: language, viewport, colorScheme });
      const page = await context.newPage();
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
      return page;
    }

    /** What everybody must be able to use: nothing for axe to find, nothing wider than a phone. */
    async function look(page: Page): Promise<void> {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html.slice(0, 160)}`);
      expect(found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }

    it('comes in by a mailed link, writes with a file, is answered by mail and here, replies, and has the last word', async () => {
      const page = await open({ width: 390, height: 800 });
      await page.goto(`${desk.url}/`);
      await look(page);
      await page.goto(`${desk.url}/write`);
      await look(page);
      await page.goto(`${desk.url}/requests/new`);
      await look(page);
      await page.fill('#f-address', 'carla@client.example');
      await page.click(`text=${say.send}`);
      await page.waitForSelector('.alert-ok');
      await look(page);
      const mail = await sink.waitFor(({ to }) => to.includes('carla@client.example'), 20_000);
      const token = /\/sign-in\/([\w-]+)/.exec(wordsIn(mail.raw.toString()))?.[1] ?? '';
      expect(token).not.toBe('');
      await page.goto(`${desk.url}/sign-in/${token}`);
      await look(page);
      await page.click(`main button[type=submit]`);
      await page.waitForURL('**/requests/new');
      await look(page);

      await page.fill('#f-subject', say.subject);
      await page.fill('#f-text', say.text);
      const buffer = Buffer.from('two red blinks');
      await page.setInputFiles('#f-files', { name: 'blinks.txt', mimeType: 'text/plain', buffer });
      await page.click('main button[type=submit]');
      await page.waitForSelector('.thread');
      await look(page);
      const request = page.url();
      expect(await page.textContent('.p-state')).toBe(say.working);
      expect(await page.textContent('.file')).toContain('blinks.txt');

      const agent = await open({ width: 1280, height: 900 });
      await agent.goto(`${desk.url}/desk/inbox`);
      await agent.fill('input[name=email]', desk.owner.email);
      await agent.fill('input[name=password]', desk.owner.password);
      await agent.click('button[type=submit]');
      await agent.click(`text=${say.subject}`);
      await agent.fill('#body', say.answer);
      await agent.click('.comp .btn-group button.btn-primary[type=submit]');
      await agent.waitForSelector('.msg-agent');
      const answer = await sink.waitFor(({ raw }) => /^Message-ID: <t\./im.test(raw.toString()), 20_000);
      expect(answer.to).toEqual(['carla@client.example']);

      await page.goto(`${desk.url}/requests`);
      await look(page);
      await page.click(`text=${say.subject}`);
      expect(await page.textContent('.p-state')).toBe(say.yours);
      expect(await page.textContent('.p-msg-ours')).toContain(say.answer);
      await page.fill('#f-text', say.reply);
      await page.click('#reply button[type=submit]');
      await page.waitForSelector(`.p-msg-text:has-text("${say.reply}")`);
      expect(await page.textContent('.p-state')).toBe(say.working);
      // By mail it goes on just so.
      const ourId = /^Message-ID: (<t\.[^>]+>)/im.exec(answer.raw.toString())?.[1] ?? '';
      await dovecot.deliver('support@desk.example', letter({ inReplyTo: ourId, text: 'And by mail.' }));
      await until(() => desk.app.db('messages').where({ externalId: '<later@client.example>' }).first());
      await page.goto(request);
      await page.waitForSelector('.p-msg-text:has-text("And by mail.")');

      await page.click(`text=${say.solve}`);
      await page.waitForSelector(`text=${say.reopen}`);
      expect(await page.textContent('.p-state')).toBe(say.solved);
      await page.click(`text=${say.reopen}`);
      await page.waitForSelector(`text=${say.solve}`);
      await page.goto(`${desk.url}/profile`);
      await look(page);
      await page.goto(`${desk.url}/`);
      await look(page);
      expect(troubles).toEqual([]);
    }, 120_000);
  },
);

/** The words of a mail, however they were packed for the way. */
function wordsIn(raw: string): string {
  const packed = /^Content-Transfer-Encoding: base64\r\n(?:\S[^\r\n]*\r\n)*\r\n([\w+/=\r\n]+)/gim;
  const blocks = [...raw.matchAll(packed)].map(([, block = '']) => Buffer.from(block, 'base64').toString());
  return [raw.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='), ...blocks].join('\n');
}

const letter = ({ inReplyTo, text }: { inReplyTo: string; text: string }): string =>
  [
    'From: Carla <carla@client.example>',
    'To: support@desk.example',
    'Subject: Re: thermostat',
    'Message-ID: <later@client.example>',
    `In-Reply-To: ${inReplyTo}`,
    `References: ${inReplyTo}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\r\n');
