import type { HostApp, Links, SettingValues } from '@helpdesk/core';
import type { Mailer } from '@helpdesk/core/contracts';
import type { ArticlePages } from './contract.js';
import type { portalSettings } from './settings.js';

/** What the pages of this plugin are made with. */
export interface Portal {
  readonly app: HostApp;
  readonly links: Links;
  settings(): SettingValues<typeof portalSettings>;
  mailer(): Mailer | undefined;
  articles(): ArticlePages | undefined;
}
