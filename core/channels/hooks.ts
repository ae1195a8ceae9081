import type { Collect, Event, Filter, HookKinds } from '../hooks/catalogue.js';
import type { IncomingMessage } from './incoming-message.js';

/** Somebody's guess at which ticket a message belongs to. */
export interface TicketCandidate {
  ticketId: number;
  /** Strong joins when the writer takes part in that ticket; weak is only shown to the agent. */
  strength: 'strong' | 'weak';
  kind: string;
  detail?: string;
}

declare module '../hooks/catalogue.js' {
  interface HookCatalogue {
    'intake.parked': Event<{ intakeId: number; accountId: number; reason: string }>;
    'intake.refused': Event<{ intakeId: number; accountId: number; reason: string }>;
    'intake.duplicate': Event<{ intakeId: number; accountId: number; messageId: number }>;
    'intake.replayed': Event<{ intakeId: number }>;
    'delivery.sent': Event<{ ticketId: number; messageId: number; deliveryId: number }>;
    'delivery.failed': Event<{ ticketId: number; messageId: number; deliveryId: number; reason: string }>;
    'delivery.uncertain': Event<{ ticketId: number; messageId: number; deliveryId: number }>;
    'delivery.retried': Event<{ ticketId: number; messageId: number; deliveryId: number }>;
    /** The provider says that it arrived, or was seen. */
    'delivery.noticed': Event<{
      ticketId: number;
      messageId: number;
      deliveryId: number;
      receipt: 'delivered' | 'seen';
    }>;
    /** Its writer changed an earlier message, or took it back; or a customer reacted to one. */
    'message.changed': Event<{
      ticketId: number;
      contactId: number;
      messageId: number;
      change: 'edited' | 'deleted' | 'reacted';
    }>;
    'account.added': Event<{ accountId: number; channel: string; lineId: number }>;
    'account.changed': Event<{ accountId: number; fields: readonly string[] }>;
    'account.removed': Event<{ accountId: number }>;
    'message.incoming': Filter<{ accountId: number; lineId: number; message: IncomingMessage }>;
    'ticket.candidates': Collect<
      { accountId: number; lineId: number; contactId: number | null; message: IncomingMessage },
      TicketCandidate
    >;
  }
}

export const channelHooks = {
  'intake.parked': 'event',
  'intake.refused': 'event',
  'intake.duplicate': 'event',
  'intake.replayed': 'event',
  'delivery.sent': 'event',
  'delivery.failed': 'event',
  'delivery.uncertain': 'event',
  'delivery.retried': 'event',
  'delivery.noticed': 'event',
  'message.changed': 'event',
  'account.added': 'event',
  'account.changed': 'event',
  'account.removed': 'event',
  'message.incoming': 'filter',
  'ticket.candidates': 'collect',
} as const satisfies HookKinds;
