import type { Event, HookKinds } from '@helpdesk/core';

declare module '@helpdesk/core' {
  interface HookCatalogue {
    /** A higher tier works on a ticket now; its owner stays. */
    'routing.handedOver': Event<{
      ticketId: number;
      handoverId: number;
      toTeamId: number;
      fromTier: number;
      toTier: number;
      hasCard: boolean;
    }>;
    'routing.cardWritten': Event<{ ticketId: number; handoverId: number }>;
    'routing.workTaken': Event<{ ticketId: number; handoverId: number; agentId: number }>;
    /** The ticket is back where it was before that hand-over. `toTeamId`: the team that has it again. */
    'routing.givenBack': Event<{ ticketId: number; handoverId: number; toTeamId: number | null }>;
    'routing.tiersChanged': Event<{ teamIds: readonly number[] }>;
    /** Who answers for what was changed; `lineId` and `type` null stand for any. */
    'routing.responsibilityChanged': Event<{ lineId: number | null; type: string | null }>;
  }
}

export const tierHooks = {
  'routing.handedOver': 'event',
  'routing.cardWritten': 'event',
  'routing.workTaken': 'event',
  'routing.givenBack': 'event',
  'routing.tiersChanged': 'event',
  'routing.responsibilityChanged': 'event',
} as const satisfies HookKinds;
