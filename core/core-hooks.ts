// Kept in the declarations, so that whoever compiles against the built core sees every hook.
import './agents/hooks.js';
import './channels/hooks.js';
import './contacts/access/hooks.js';
import './contacts/csv/hooks.js';
import './contacts/hooks.js';
import './database/hooks.js';
import './tickets/hooks.js';
import type { HookKinds } from './hooks/catalogue.js';
import { agentHooks } from './agents/hooks.js';
import { channelHooks } from './channels/hooks.js';
import { accessHooks } from './contacts/access/hooks.js';
import { csvHooks } from './contacts/csv/hooks.js';
import { contactHooks } from './contacts/hooks.js';
import { ticketHooks } from './tickets/hooks.js';
import { databaseHooks } from './database/hooks.js';

/** Every hook of core with its kind; the types beside each list are merged into the catalogue. */
export const coreHooks: HookKinds = {
  ...databaseHooks,
  ...agentHooks,
  ...contactHooks,
  ...accessHooks,
  ...csvHooks,
  ...ticketHooks,
  ...channelHooks,
};
