import {
  changeAccount,
  errors,
  listAccounts,
  removeAccount,
  type ChannelAccount,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { pathId } from '../path-id.js';

/** The posts of a list of accounts. @param path of the list; `texts` of what is said afterwards */
export function changeAccounts({
  path,
  texts,
  isListed,
}: {
  path: string;
  texts: string;
  isListed(account: ChannelAccount): boolean;
}) {
  /** @throws ACCOUNT_UNKNOWN also for one that was removed or is of another list */
  async function findOpen(ctx: DeskContext): Promise<ChannelAccount> {
    const accountId = pathId(ctx);
    const account = (await listAccounts(ctx.db)).find(({ id }) => id === accountId);
    if (!account || !isListed(account)) throw errors.ACCOUNT_UNKNOWN({ accountId });
    return account;
  }
  return {
    findOpen,
    async switchIt(ctx: DeskContext): Promise<void> {
      const { to } = await ctx.form(z.object({ to: z.enum(['on', 'off']) }));
      const { id: accountId } = await findOpen(ctx);
      await changeAccount(ctx.app, { accountId, fields: { enabled: to === 'on' }, actor: ctx.actor });
      ctx.flash({ text: ctx.t(`${texts}.switched.${to}`) });
      ctx.redirect(path);
    },
    async remove(ctx: DeskContext): Promise<void> {
      const { id: accountId } = await findOpen(ctx);
      await removeAccount(ctx.app, { accountId, actor: ctx.actor });
      ctx.flash({ text: ctx.t(`${texts}.removed`) });
      ctx.redirect(path);
    },
  };
}
