import type { Collect, Event, Filter, Guard, HookKinds } from '../hooks/catalogue.js';
import type { StatusCategory } from './models/status.js';
import type { SenderUndo } from './models/sender-undo.js';

interface OnTicket {
  ticketId: number;
}
interface StatusMove extends OnTicket {
  contactId: number;
  from: StatusCategory;
  to: StatusCategory;
}

/** What stands beside a ticket in lists. */
export interface TicketBadge {
  ticketId: number;
  /** One to four characters in a square beside the customer's name: the segment. The first that is given is shown. */
  segment?: string;
  /** Words behind the subject, in the language that was asked for. */
  text?: string;
  tone?: 'ok' | 'warn' | 'danger' | 'note' | 'line';
}

declare module '../hooks/catalogue.js' {
  interface HookCatalogue {
    'ticket.opened': Event<
      OnTicket & {
        contactId: number;
        lineId: number | null;
        teamId: number | null;
        assigneeId: number | null;
        channel: string;
        priority: number;
        type: string | null;
        membershipId: number | null;
        category: StatusCategory;
      }
    >;
    'message.received': Event<
      OnTicket & {
        contactId: number;
        messageId: number;
        channel: string;
        auto: string | null;
        first: boolean;
      }
    >;
    'message.replied': Event<
      OnTicket & { contactId: number; messageId: number; agentId: number; channel: string; first: boolean }
    >;
    /** `agentId` null: a plugin wrote it. */
    'message.noted': Event<
      OnTicket & { messageId: number; agentId: number | null; mentioned: readonly number[] }
    >;
    /** A machine's answer: nobody of the team wrote it, the customer still waits. */
    'message.autoReplied': Event<OnTicket & { contactId: number; messageId: number; channel: string }>;
    'message.cancelled': Event<OnTicket & { messageId: number }>;
    'ticket.assigned': Event<OnTicket & { from: number | null; to: number | null }>;
    'ticket.transferred': Event<OnTicket & { from: number | null; to: number | null }>;
    'ticket.prioritised': Event<OnTicket & { from: number; to: number }>;
    'ticket.typed': Event<OnTicket & { from: string | null; to: string | null }>;
    'ticket.renamed': Event<OnTicket>;
    'ticket.lineChanged': Event<OnTicket & { from: number | null; to: number | null }>;
    'ticket.contactChanged': Event<OnTicket & { contactId: number; from: number; to: number }>;
    'ticket.hatChanged': Event<OnTicket & { from: number | null; to: number | null; reason: string }>;
    /** Strong signs of who wrote disagree: `candidates` beside the contact as whom the message stands. */
    'ticket.senderDisputed': Event<
      OnTicket & { contactId: number; messageId: number; candidates: readonly number[] }
    >;
    /** Somebody said whether `candidateId` wrote; `undo` is what it takes to ask again. */
    'ticket.senderDecided': Event<
      OnTicket & {
        contactId: number;
        senderId: number;
        candidateId: number;
        isSender: boolean;
        undo: SenderUndo;
      }
    >;
    'ticket.senderReopened': Event<OnTicket & { contactId: number; eventId: number }>;
    'ticket.dueChanged': Event<OnTicket & { from: string | null; to: string | null }>;
    'ticket.tagged': Event<OnTicket & { tagId: number }>;
    'ticket.untagged': Event<OnTicket & { tagId: number }>;
    'ticket.linked': Event<OnTicket & { toTicketId: number; link: string }>;
    'ticket.snoozed': Event<OnTicket & { until: string; staysOnReply: boolean }>;
    'ticket.woken': Event<OnTicket & { because: 'time' | 'reply' | 'agent' }>;
    'ticket.waiting': Event<StatusMove & { status: string }>;
    'ticket.reopened': Event<StatusMove & { status: string }>;
    'ticket.solved': Event<StatusMove & { status: string }>;
    'ticket.closed': Event<StatusMove & { status: string }>;

    'status.renamed': Event<{ status: string }>;
    'type.renamed': Event<{ type: string }>;

    /** `agentId` null: a view of everybody. */
    'view.saved': Event<{ viewId: number; agentId: number | null }>;
    'view.renamed': Event<{ viewId: number; agentId: number | null }>;
    'view.removed': Event<{ viewId: number; agentId: number | null }>;

    'savedReply.kept': Event<{ savedReplyId: number }>;
    'savedReply.removed': Event<{ savedReplyId: number }>;

    'ticket.solving': Guard<{ ticket: { id: number; number: number; category: StatusCategory } }>;
    'ticket.closing': Guard<{ ticket: { id: number; number: number; category: StatusCategory } }>;
    'message.sending': Guard<{ ticketId: number; text: string; recipients: readonly string[] }>;
    'message.outgoing': Filter<{ ticketId: number; text: string }>;

    /** Asked once a page of a list; a tap answers for all its tickets with one query. */
    'ticket.badges': Collect<{ ticketIds: readonly number[]; language: 'ru' | 'en' }, TicketBadge>;
  }
}

export const ticketHooks = {
  'ticket.opened': 'event',
  'message.received': 'event',
  'message.replied': 'event',
  'message.noted': 'event',
  'message.autoReplied': 'event',
  'message.cancelled': 'event',
  'ticket.assigned': 'event',
  'ticket.transferred': 'event',
  'ticket.prioritised': 'event',
  'ticket.typed': 'event',
  'ticket.renamed': 'event',
  'ticket.lineChanged': 'event',
  'ticket.contactChanged': 'event',
  'ticket.hatChanged': 'event',
  'ticket.senderDisputed': 'event',
  'ticket.senderDecided': 'event',
  'ticket.senderReopened': 'event',
  'ticket.dueChanged': 'event',
  'ticket.tagged': 'event',
  'ticket.untagged': 'event',
  'ticket.linked': 'event',
  'ticket.snoozed': 'event',
  'ticket.woken': 'event',
  'ticket.waiting': 'event',
  'ticket.reopened': 'event',
  'ticket.solved': 'event',
  'ticket.closed': 'event',
  'status.renamed': 'event',
  'type.renamed': 'event',
  'view.saved': 'event',
  'view.renamed': 'event',
  'view.removed': 'event',
  'savedReply.kept': 'event',
  'savedReply.removed': 'event',
  'ticket.solving': 'guard',
  'ticket.closing': 'guard',
  'message.sending': 'guard',
  'message.outgoing': 'filter',
  'ticket.badges': 'collect',
} as const satisfies HookKinds;
