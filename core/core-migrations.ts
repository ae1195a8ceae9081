import { createAgents } from './agents/migrations/2026-11-24-create-agents.js';
import { createChannels } from './channels/migrations/2026-11-24-create-channels.js';
import { createContactAccess } from './contacts/access/migrations/2026-11-24-create-contact-access.js';
import { createContacts } from './contacts/migrations/2026-11-24-create-contacts.js';
import { createContactImports } from './contacts/csv/migrations/2026-11-24-create-contact-imports.js';
import { createMerges } from './contacts/migrations/2026-11-24-create-merges.js';
import { createJobs } from './jobs/migrations/2026-11-24-create-jobs.js';
import { createTickets } from './tickets/migrations/2026-11-24-create-tickets.js';
import type { MigrationSet } from './database/migrate.js';
import { createEvents } from './database/migrations/2026-11-24-create-events.js';

/** Core's own schema, in the order in which it is built. */
export const coreMigrations: MigrationSet = {
  owner: 'core',
  migrations: [
    createEvents,
    createAgents,
    createContacts,
    createTickets,
    createMerges,
    createContactAccess,
    createContactImports,
    createChannels,
    createJobs,
  ],
};
