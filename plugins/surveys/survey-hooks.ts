import type { Event, HookKinds } from '@helpdesk/core';
import type { Kind } from './kinds/kind.js';

interface OnInvitation {
  ticketId: number;
  contactId: number;
  invitationId: number;
  surveyId: number;
}

declare module '@helpdesk/core' {
  interface HookCatalogue {
    'surveys.saved': Event<{ surveyId: number; version: number }>;
    'surveys.switched': Event<{ surveyId: number; isOn: boolean }>;
    'surveys.removed': Event<{ surveyId: number }>;
    'surveys.invited': Event<OnInvitation & { kind: Kind }>;
    /** `revision` is 1 for the first answer and grows when the customer changes it. */
    'surveys.answered': Event<
      OnInvitation & { kind: Kind; score: number; isBad: boolean; hasComment: boolean; revision: number }
    >;
    'surveys.unsubscribed': Event<{ contactId: number }>;
    'surveys.resubscribed': Event<{ contactId: number }>;
  }
}

export const surveyHooks = {
  'surveys.saved': 'event',
  'surveys.switched': 'event',
  'surveys.removed': 'event',
  'surveys.invited': 'event',
  'surveys.answered': 'event',
  'surveys.unsubscribed': 'event',
  'surveys.resubscribed': 'event',
} as const satisfies HookKinds;
