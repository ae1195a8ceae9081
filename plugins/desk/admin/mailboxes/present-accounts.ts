import {
  listAccountHealth,
  listAccounts,
  listLines,
  type ChannelAccount,
  type DeskContext,
} from '@helpdesk/core';

const tones: Readonly<Record<string, string>> = { working: 'ok', troubled: 'danger' };

/** Accounts as a list of the settings shows them: how they stand, their switch, and taking them away. */
export async function presentAccounts(
  ctx: DeskContext,
  {
    path,
    isListed,
    editUrl,
  }: {
    path: string;
    isListed(account: ChannelAccount): boolean;
    editUrl(account: ChannelAccount): string | null;
  },
): Promise<Record<string, unknown>[]> {
  const { db } = ctx;
  const [accounts, health, lines] = await Promise.all([
    listAccounts(db),
    listAccountHealth(db),
    listLines(db, { includeArchived: true }),
  ]);
  return accounts.filter(isListed).map((account) => {
    const own = health.find(({ accountId }) => accountId === account.id);
    const problem = problemOf(own?.health);
    const state = !account.enabled ? 'off' : problem ? 'troubled' : own?.heartbeatAt ? 'working' : 'starting';
    const channel = ctx.app.channels.get(account.channel);
    return {
      name: account.name,
      editUrl: editUrl(account),
      address: account.address,
      icon: channel?.icon ?? 'mail',
      line: lines.find(({ id }) => id === account.lineId)?.name,
      isOn: account.enabled,
      heartbeatAt: own?.heartbeatAt,
      problem,
      state: { text: ctx.t(`desk.admin.mailboxes.state.${state}`), tone: tones[state] },
      switchUrl: `${path}/${account.id}/switch`,
      removeUrl: `${path}/${account.id}/remove`,
    };
  });
}

// Channels say what is wrong with them under one of these names.
function problemOf(health: Readonly<Record<string, unknown>> | undefined): string | null {
  const said = health?.['problem'] ?? health?.['lastError'] ?? health?.['error'];
  return typeof said === 'string' && said !== '' ? said.slice(0, 300) : null;
}
