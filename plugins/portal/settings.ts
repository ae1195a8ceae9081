import { text, toggle } from '@helpdesk/core';

/** What an administrator decides about the portal. */
export const portalSettings = {
  strangersWrite: toggle({ label: 'portal.setting.strangersWrite', default: true }),
  asksLine: toggle({ label: 'portal.setting.asksLine', default: false }),
  mailboxes: text({ label: 'portal.setting.mailboxes', max: 1000 }),
  promise: text({ label: 'portal.setting.promise', max: 200 }),
  footer: text({ label: 'portal.setting.footer', max: 200 }),
};
