import { mailboxSetup } from '@helpdesk/core/contracts';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { hasDovecot, startDovecot, type Dovecot } from '../setup/dovecot.js';
import { startSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';
import { until } from '../setup/until.js';

const words = {
  en: {
    subject: 'Cold heater',
    text: 'The heater is cold.',
    answer: 'Please press **reset**.',
    thanks: 'It works, thank you!',
    sent: 'Sent',
  },
  ru: {
    subject: 'Холодный котёл',
    text: 'Котёл не греет.',
    answer: 'Нажмите **сброс**, пожалуйста.',
    thanks: 'Заработало, спасибо!',
    sent: 'Отправлено',
  },
};

const runs = testEngines.flatMap((engine, i) => [
  { engine, language: i === 0 ? ('ru' as const) : ('en' as const) },
]);
// Both languages are wanted where there is one database only.
if (runs.length === 1) runs.push({ engine: 'sqlite', language: 'en' });

describe.skipIf(!hasChromium || !hasDovecot).each(runs)(
  'the whole way of a letter, $engine, $language',
  ({ engine, language }) => {
    const say = words[language];
    let desk: TestDesk;
    let dovecot: Dovecot;
    let sink: SmtpSink;
    let browser: Browser;
    let page: Page;
    const troubles: string[] = [];

    beforeAll(async () => {
      dovecot = await startDovecot();
      sink = await startSmtpSink({ forwardTo: dovecot });
      desk = await startTestDesk({
        engine,
        language,
        realClock: true,
        works: true,
        config: { plugins: [deskPlugin(), email({ pollSeconds: 1 })] },
      });
      const actor = { kind: 'system', id: 'test' } as const;
      const fields = desk.app.settingFields('company') ?? {};
      await desk.app.settings.save('company', fields, { values: { undoSeconds: '1' }, actor });
      const [line] = await desk.app.db('lines').select('id');
      const server = (port: number) => ({ host: '127.0.0.1', port, secure: 'none' as const });
      await desk.app.service(mailboxSetup)?.add({
        address: 'support@desk.example',
        password: 'secret',
        imap: server(dovecot.port),
        smtp: server(sink.port),
        lineId: line.id,
        name: 'Support',
        actor,
      });
      browser = await launchChromium();
      const context = await browser.newContext({ locale: language });
      page = await context.newPage();
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    });
    afterAll(async () => {
      await browser?.close();
      await desk?.close();
      await sink?.stop();
      await dovecot?.stop();
    });

    it('comes by IMAP, is answered in the browser, leaves by SMTP, and the reply lands on the same ticket', async () => {
      await dovecot.deliver(
        'support@desk.example',
        letter({ id: '<first@client.example>', subject: say.subject, text: say.text }),
      );
      await until(() => desk.app.db('tickets').first());

      await page.goto(`${desk.url}/desk/inbox`);
      await page.fill('input[name=email]', desk.owner.email);
      await page.fill('input[name=password]', desk.owner.password);
      await page.click('button[type=submit]');
      await page.click(`text=${say.subject}`);
      await page.waitForSelector('#body');
      expect(await page.textContent('.tl')).toContain(say.text);
      await page.fill('#body', say.answer);
      await page.click('.comp .btn-group button.btn-primary[type=submit]');
      await page.waitForSelector('.msg-agent');
      expect(await page.innerHTML('.msg-agent .msg-body')).toContain('<strong>');

      const sent = await sink.waitFor((mail) => mail.to.includes('carla@client.example'), 20_000);
      const raw = sent.raw.toString();
      const ourId = /^Message-ID: (<t\.[^>]+>)/im.exec(raw)?.[1] ?? '';
      expect(ourId).not.toBe('');
      expect(raw).toMatch(/^In-Reply-To: <first@client\.example>/im);
      await until(() => desk.app.db('deliveries').where({ state: 'sent' }).first());
      await page.reload();
      expect(await page.textContent('.msg-agent .msg-foot')).toContain(say.sent);

      await dovecot.deliver(
        'support@desk.example',
        letter({
          id: '<second@client.example>',
          subject: `Re: ${say.subject}`,
          text: say.thanks,
          inReplyTo: ourId,
        }),
      );
      await until(() => desk.app.db('messages').where({ externalId: '<second@client.example>' }).first());
      await page.reload();
      expect(await page.textContent('.tl')).toContain(say.thanks);
      expect(await desk.app.db('tickets').select('id')).toHaveLength(1);
      expect(troubles).toEqual([]);
    });
  },
);

function letter(mail: { id: string; subject: string; text: string; inReplyTo?: string }): string {
  return [
    `Message-ID: ${mail.id}`,
    'From: Carla Client <carla@client.example>',
    'To: support@desk.example',
    `Subject: =?utf-8?B?${Buffer.from(mail.subject).toString('base64')}?=`,
    `Date: ${new Date().toUTCString()}`,
    ...(mail.inReplyTo ? [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(mail.text).toString('base64'),
    '',
  ].join('\r\n');
}
