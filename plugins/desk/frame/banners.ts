import {
  can,
  countParked,
  listAccountHealth,
  listAccounts,
  type BaseContext,
  type HostApp,
  type Viewer,
} from '@helpdesk/core';
import { openSetup } from '../entry/setup-progress.js';

export interface Banner {
  readonly text: string;
  readonly href: string;
  readonly tone: 'warn' | 'danger';
}

interface Trouble {
  readonly parked: number;
  readonly silent: number;
  readonly silentChannels: number;
  readonly broken: number;
}

const FRESH_MS = 10_000;
const SILENT_MS = 10 * 60_000;
const known = new WeakMap<HostApp, { at: number; trouble: Promise<Trouble> }>();

/** What somebody must look after, for those who may: a setup that was left, parked mail, a mailbox that does not answer, a broken plugin. */
export async function banners({ app, t }: BaseContext, viewer: Viewer): Promise<Banner[]> {
  const { parked, silent, silentChannels, broken } = await troubleOf(app);
  const setup = openSetup(app, viewer);
  const all = [
    { when: setup !== undefined, key: 'setup', count: 0, href: setup ?? '', tone: 'warn' as const },
    {
      when: silent > 0 && can(viewer, 'mailboxes.manage'),
      key: 'silent',
      count: silent,
      href: '/desk/settings/mailboxes',
      tone: 'danger' as const,
    },
    {
      when: silentChannels > 0 && can(viewer, 'mailboxes.manage'),
      key: 'silentChannels',
      count: silentChannels,
      href: '/desk/settings/channels',
      tone: 'danger' as const,
    },
    {
      // The journal is for those who see every line, and so is its count.
      when: parked > 0 && can(viewer, 'intake.read') && viewer.lineIds === 'all',
      key: 'parked',
      count: parked,
      href: '/desk/settings/intake?state=parked',
      tone: 'warn' as const,
    },
    {
      when: broken > 0 && can(viewer, 'plugins.manage'),
      key: 'broken',
      count: broken,
      href: '/desk/settings/plugins',
      tone: 'warn' as const,
    },
  ];
  return all
    .filter(({ when }) => when)
    .map(({ key, count, href, tone }) => ({ text: t(`desk.banner.${key}`, { count }), href, tone }));
}

function troubleOf(app: HostApp): Promise<Trouble> {
  const now = app.now().getTime();
  const before = known.get(app);
  if (before && Math.abs(now - before.at) < FRESH_MS) return before.trouble;
  const trouble = readTrouble(app, now);
  known.set(app, { at: now, trouble });
  trouble.catch(() => known.delete(app));
  return trouble;
}

async function readTrouble(app: HostApp, now: number): Promise<Trouble> {
  const [parked, health, accounts] = await Promise.all([
    countParked(app.db),
    listAccountHealth(app.db),
    listAccounts(app.db),
  ]);
  const watched = new Map(accounts.filter(({ enabled }) => enabled).map(({ id, channel }) => [id, channel]));
  const silent = health.flatMap(({ accountId, heartbeatAt, health: said }) => {
    const channel = watched.get(accountId);
    if (channel === undefined) return [];
    // Never heard of and without trouble: it was just connected. A channel that is called has no pulse of its own.
    const beats = app.channels.get(channel)?.beats === true;
    const isSilent = beats && heartbeatAt !== null && now - Date.parse(heartbeatAt) > SILENT_MS;
    return said['error'] || isSilent ? [channel] : [];
  });
  const broken = app
    .plugins()
    .filter(({ state, quarantined }) => state === 'broken' || quarantined.length > 0);
  const mailboxes = silent.filter((channel) => channel === 'email').length;
  return { parked, silent: mailboxes, silentChannels: silent.length - mailboxes, broken: broken.length };
}
