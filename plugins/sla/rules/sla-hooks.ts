import type { Event, HookKinds } from '@helpdesk/core';

declare module '@helpdesk/core' {
  interface HookCatalogue {
    /** Policies or calendars were changed. */
    'sla.rulesSaved': Event<{ setId: number; applies: 'now' | 'beginning' }>;
    /** Somebody stopped a ticket's clocks, for a reason that stands in `sla_pauses`. */
    'sla.paused': Event<{ ticketId: number; pauseId: number }>;
    'sla.resumed': Event<{ ticketId: number }>;
    /** A norm is nearly over, or over; once for each. */
    'sla.warned': Event<{ ticketId: number; target: 'first' | 'next' | 'solve' }>;
    'sla.breached': Event<{ ticketId: number; target: 'first' | 'next' | 'solve' }>;
  }
}

export const slaHooks = {
  'sla.rulesSaved': 'event',
  'sla.paused': 'event',
  'sla.resumed': 'event',
  'sla.warned': 'event',
  'sla.breached': 'event',
} as const satisfies HookKinds;
