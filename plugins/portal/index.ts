import { definePlugin } from '@helpdesk/core';
import { mailer, portalFrame } from '@helpdesk/core/contracts';
import { checkEntrances } from './intake/check-entrances.js';
import { articlePages, portalHooks } from './contract.js';
import { buildFrame } from './frame/build-frame.js';
import { portalChannel } from './intake/portal-channel.js';
import type { Portal } from './portal.js';
import { registerPages } from './register-pages.js';
import { portalSettings } from './settings.js';

/**
 * The customers' own pages, mounted at `/`: `entry/` by link or password, `home/`, `requests/` lists, `request/` is one,
 * `new-request/` and `write/` take in, `intake/` is how, `profile/` what its name says, `view-as/` for agents.
 */
export const portal = definePlugin(import.meta, {
  mount: { portal: '/' },
  settings: portalSettings,
  permissions: { 'portal.viewAs': 'portal.permission.viewAs' },
  hooks: portalHooks,
  provides: { portalFrame },
  optional: { mailer, articlePages },

  register(tools) {
    const { app, links, settings, services, provide, channel, healthCheck } = tools;
    const made: Portal = {
      app,
      links,
      settings: () => settings.current(),
      mailer: () => services.mailer,
      articles: () => services.articlePages,
    };
    provide(portalFrame, { build: (ctx) => buildFrame(ctx, made) });
    channel(portalChannel);
    healthCheck('mail', () => checkEntrances(made));
    registerPages(tools, made);
  },
});
