import type { ChannelAccount, DeskContext } from '@helpdesk/core';
import { letterText } from '../channel/compose-reply.js';
import { freezeMail } from '../channel/freeze-mail.js';
import type { MailboxConfig } from '../channel/mailbox-config.js';

/** An answer as it would leave the mailbox: the reader answers an invented customer. */
export function previewLetter(
  { app, agent, now }: DeskContext,
  {
    account,
    config,
    language,
  }: { account: ChannelAccount; config: Partial<MailboxConfig>; language: 'ru' | 'en' },
): { language: 'ru' | 'en'; from: string; subject: string; text: string } {
  const say = (key: string) => app.t(language, `email.letters.sample.${key}`);
  const customer = { name: say('customer'), kind: 'email', value: 'customer@example.com' };
  const at = now.toISOString();
  const frozen = freezeMail(app, {
    account: { ...account, config: { ...account.config, ...config } },
    ticket: { id: 0, number: 1042, subject: say('subject') },
    messageId: 0,
    at,
    agent,
    previous: [],
    to: [customer],
    cc: [],
    template: null,
    customer: { name: customer.name, language },
    answered: {
      createdAt: at,
      text: say('question'),
      quote: '',
      html: null,
      participants: { from: customer },
    },
  });
  const { from, subject } = frozen;
  return {
    language,
    from: `${from.name} <${from.address}>`.trim(),
    subject,
    text: letterText(say('answer'), frozen),
  };
}
