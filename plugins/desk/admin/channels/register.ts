import type { ChannelAccount, DeskContext } from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { changeAccounts } from '../mailboxes/change-accounts.js';
import { presentAccounts } from '../mailboxes/present-accounts.js';
import { renderSettings } from '../render-settings.js';
import { channelPages } from './channel-page.js';

const MANAGE = { permission: 'mailboxes.manage' } as const;
const PATH = '/desk/settings/channels';
const isListed = ({ channel }: ChannelAccount) => channel !== 'email';

/** Bots, numbers and chats: every channel that says how it is connected. */
export function registerChannels({ desk }: DeskTools): void {
  const changes = changeAccounts({ path: PATH, texts: 'desk.admin.channels', isListed });
  const pages = channelPages({ path: PATH, findOpen: changes.findOpen });
  desk.get('/settings/channels', MANAGE, show);
  desk.get('/settings/channels/new/:channel', MANAGE, pages.openNew);
  desk.post('/settings/channels/new/:channel', MANAGE, pages.add);
  desk.get('/settings/channels/:id', MANAGE, pages.openOne);
  desk.post('/settings/channels/:id', MANAGE, pages.change);
  desk.post('/settings/channels/:id/switch', MANAGE, changes.switchIt);
  desk.post('/settings/channels/:id/remove', MANAGE, changes.remove);
}

async function show(ctx: DeskContext): Promise<void> {
  const { channels } = ctx.app;
  const editUrl = ({ id, channel }: ChannelAccount) =>
    channels.get(channel)?.setup ? `${PATH}/${id}` : null;
  const rows = await presentAccounts(ctx, { path: PATH, isListed, editUrl });
  const offers = [...channels.values()]
    .filter(({ setup }) => setup !== undefined)
    .map(({ id, title, icon }) => ({ url: `${PATH}/new/${id}`, label: ctx.t(title), icon }));
  await renderSettings(ctx, { view: 'channels' }, { rows, offers, texts: 'desk.admin.channels' });
}
