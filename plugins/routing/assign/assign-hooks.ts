import type { Event, HookKinds } from '@helpdesk/core';

declare module '@helpdesk/core' {
  interface HookCatalogue {
    'routing.personChanged': Event<{ agentId: number }>;
    /** `agentId` null: has no account manager of his own any more. */
    'routing.managerChanged': Event<{
      contactId?: number;
      organizationId?: number;
      agentId: number | null;
    }>;
  }
}

export const assignHooks = {
  'routing.personChanged': 'event',
  'routing.managerChanged': 'event',
} as const satisfies HookKinds;
