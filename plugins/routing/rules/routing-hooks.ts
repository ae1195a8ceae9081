import type { Event, HookKinds } from '@helpdesk/core';

interface OnRule {
  ruleId: number;
}

declare module '@helpdesk/core' {
  interface HookCatalogue {
    'routing.ruleSaved': Event<OnRule & { version: number }>;
    'routing.ruleSwitched': Event<OnRule & { isOn: boolean }>;
    'routing.ruleMoved': Event<OnRule>;
    'routing.ruleRemoved': Event<OnRule>;
    /** A rule has done something to a ticket. */
    'routing.ruleRan': Event<OnRule & { ticketId: number; version: number }>;
    /** A rule would have gone round in a circle and was stopped. */
    'routing.loopCut': Event<OnRule & { ticketId: number; version: number }>;
    'routing.segmentSaved': Event<{ segmentId: number }>;
    /** Either of the two changed its segment; null: has none. */
    'routing.segmentChanged': Event<{
      contactId?: number;
      organizationId?: number;
      from: number | null;
      to: number | null;
      source: 'rule' | 'import' | 'hand';
    }>;
  }
}

export const routingHooks = {
  'routing.ruleSaved': 'event',
  'routing.ruleSwitched': 'event',
  'routing.ruleMoved': 'event',
  'routing.ruleRemoved': 'event',
  'routing.ruleRan': 'event',
  'routing.loopCut': 'event',
  'routing.segmentSaved': 'event',
  'routing.segmentChanged': 'event',
} as const satisfies HookKinds;
