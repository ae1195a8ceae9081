import type { ChannelAccount } from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { renderSettings } from '../render-settings.js';
import { changeAccounts } from './change-accounts.js';
import { mailboxPages } from './mailbox-page.js';
import { presentAccounts } from './present-accounts.js';

const MANAGE = { permission: 'mailboxes.manage' } as const;
const PATH = '/desk/settings/mailboxes';
const isListed = ({ channel }: ChannelAccount) => channel === 'email';

/** Mailboxes: how they stand, their switch, and taking them away. */
export function registerMailboxes(tools: DeskTools): void {
  const { desk, services } = tools;
  const pages = mailboxPages(tools);
  const changes = changeAccounts({ path: PATH, texts: 'desk.admin.mailboxes', isListed });
  desk.get('/settings/mailboxes', MANAGE, async (ctx) => {
    const canAdd = services.mailboxSetup !== undefined;
    const editUrl = ({ id }: ChannelAccount) => (canAdd ? `${PATH}/${id}` : null);
    const rows = await presentAccounts(ctx, { path: PATH, isListed, editUrl });
    await renderSettings(ctx, { view: 'mailboxes' }, { rows, canAdd, texts: 'desk.admin.mailboxes' });
  });
  desk.get('/settings/mailboxes/new', MANAGE, pages.openNew);
  desk.post('/settings/mailboxes', MANAGE, pages.add);
  desk.get('/settings/mailboxes/:id', MANAGE, pages.openOne);
  desk.post('/settings/mailboxes/:id', MANAGE, pages.change);
  desk.post('/settings/mailboxes/:id/switch', MANAGE, changes.switchIt);
  desk.post('/settings/mailboxes/:id/remove', MANAGE, changes.remove);
}
