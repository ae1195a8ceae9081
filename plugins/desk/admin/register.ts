import type { DeskContext } from '@helpdesk/core';
import type { DeskTools } from '../tools.js';
import { registerChannels } from './channels/register.js';
import { registerEvents } from './events/register.js';
import { registerFailures } from './failures/register.js';
import { registerHealth } from './health/register.js';
import { registerIntake } from './intake/register.js';
import { registerMailboxes } from './mailboxes/register.js';
import { registerNames } from './names/register.js';
import { registerPlugins } from './plugins/register.js';
import { registerRoles } from './roles/register.js';
import { listSections } from './render-settings.js';
import { registerCompany } from './settings/register.js';
import { registerTeam } from './team/register.js';

/** The settings. Every section stands behind its own permission; the start page leads to the first that is open, or to one's own profile. */
export function registerAdmin(tools: DeskTools): void {
  tools.slot('admin.nav');
  tools.desk.own.get('/settings', leadOn);
  registerCompany(tools);
  registerTeam(tools);
  registerIntake(tools);
  registerPlugins(tools);
  registerMailboxes(tools);
  registerChannels(tools);
  registerRoles(tools);
  registerNames(tools);
  registerFailures(tools);
  registerEvents(tools);
  registerHealth(tools);
}

function leadOn(ctx: DeskContext): void {
  const [first] = listSections(ctx);
  ctx.redirect(first?.href ?? '/desk/profile');
}
