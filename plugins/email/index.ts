import { createReadStream } from 'node:fs';
import { definePlugin, listAccountHealth, number, type CommandDefinition } from '@helpdesk/core';
import { mailboxSetup, mailer, sampleMail } from '@helpdesk/core/contracts';
import { z } from 'zod';
import { createEmailChannel } from './channel/email-channel.js';
import { findTickets } from './channel/find-tickets.js';
import { registerLetters } from './letters/letter-pages.js';
import { createSampleMail } from './mailbox/load-sample.js';
import { createMailboxSetup } from './mailbox/mailbox-setup.js';
import { createMailer, sendNotice, type QueuedNotice } from './mailbox/notice-mailer.js';
import { watchMailboxes } from './mailbox/watch-mailboxes.js';

const SILENT_MS = 10 * 60_000;

const parseCommand: CommandDefinition = {
  name: 'email:parse',
  summary:
    'Print as JSON how a mail is understood (--serve: one base64 mail a line in, one JSON line each out)',
  args: ['[file]'],
  options: [{ flags: '--serve', summary: 'read one base64 mail a line, print one JSON line each' }],
  needs: 'nothing',
  async run({ args, options, input, output }) {
    const { parseToStream, serveParse } = await import('./parse/cli-parse.js');
    if (options['serve']) return serveParse(input, output);
    const [file] = args;
    await parseToStream(!file || file === '-' ? input : createReadStream(file), output);
  },
};

const options = z.object({
  /** How often a mailbox is looked into when its server announces nothing, in seconds. */
  pollSeconds: z.number().int().min(1).max(3600).default(30),
});

/** Mailboxes: IMAP in, SMTP out, any number of them. */
export const email = definePlugin(import.meta, {
  options,
  settings: {
    maxMegabytes: number({
      label: 'email.setting.maxMegabytes',
      default: 25,
      min: 1,
      max: 100,
      unit: 'email.unit.megabytes',
    }),
  },
  provides: { mailer, mailboxSetup, sampleMail },
  commands: [parseCommand],

  register({
    app,
    log,
    options: { pollSeconds },
    settings,
    provide,
    channel,
    collect,
    on,
    job,
    desk,
    nav,
    healthCheck,
    onBoot,
  }) {
    const maxMegabytes = () => settings.current().maxMegabytes;
    const mail = createEmailChannel(app, { maxMegabytes });
    const watches = watchMailboxes(app, { log, maxMegabytes, timing: { pollMs: pollSeconds * 1000 } });
    channel(mail);
    registerLetters({ desk, nav });
    provide(
      mailer,
      createMailer(
        app,
        job('notice', (notice: QueuedNotice) => sendNotice(app, notice)),
      ),
    );
    provide(mailboxSetup, createMailboxSetup(app));
    provide(sampleMail, createSampleMail(app));
    collect('ticket.candidates', ({ message }) => findTickets(app, message));
    on('account.added', () => watches.refresh());
    on('account.changed', () => watches.refresh());
    on('account.removed', () => watches.refresh());
    healthCheck('mailboxes', async () => {
      const silent = (await listAccountHealth(app.db)).filter(({ heartbeatAt, health }) => {
        if (!health['error']) return false;
        return !heartbeatAt || app.now().getTime() - Date.parse(heartbeatAt) > SILENT_MS;
      });
      return {
        ok: silent.length === 0,
        detail: silent.map(({ accountId }) => `mailbox ${accountId}`).join(', '),
      };
    });
    onBoot(async () => {
      await watches.refresh();
      return async () => {
        await watches.stop();
        await mail.close();
      };
    });
  },
});
