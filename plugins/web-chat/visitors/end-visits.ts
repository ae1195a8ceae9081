import { change, listAccounts, type HostApp } from '@helpdesk/core';
import { Config } from '../site/site.js';

const DAY_MS = 24 * 3_600_000;
/** Of one chat in one go; the next night takes the others. */
const MOST = 5000;

/**
 * Puts away what nobody has come back to for the days that the chat keeps it: the copy for the window goes, and the
 * browser's token opens nothing any more. What was said stays on the ticket. Whom the site has proven keeps theirs.
 */
export async function endVisits(app: HostApp, signal?: AbortSignal): Promise<void> {
  for (const { id: accountId, config } of await listAccounts(app.db, { channel: 'web-chat' })) {
    if (signal?.aborted) return;
    const { keepDays } = Config.parse(config);
    const before = new Date(app.now().getTime() - keepDays * DAY_MS).toISOString();
    await change(app, async ({ trx, at }) => {
      const visitors: { id: number }[] = await trx('web_chat_visitors')
        .where({ accountId })
        .whereNull('endedAt')
        .whereNull('provenEmail')
        .where('seenAt', '<', before)
        .orderBy('id')
        .limit(MOST)
        .select('id');
      const ids = visitors.map(({ id }) => id);
      await trx('web_chat_lines').whereIn('visitorId', ids).delete();
      await trx('web_chat_visitors').whereIn('id', ids).update({ endedAt: at, tokenHash: '', page: null });
    });
  }
}
