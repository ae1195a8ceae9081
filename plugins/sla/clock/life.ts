import type { Subject } from '../rules/find-policy.js';

/** An event of one ticket, as the log has it. */
export interface LifeEvent {
  readonly id: number;
  readonly name: string;
  /** In ms. */
  readonly at: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** As whom somebody writes. */
export interface Hat {
  readonly role: string;
  readonly organizationId: number | null;
  /** Left out: that of the ticket as it stands. */
  readonly segmentId?: number | null;
}

/** What the log does not tell and conditions look at, as it is now. */
export interface About {
  /** Of the ticket as it stands. */
  readonly segmentId: number | null;
  /** Of its contact in no known role; left out: that of the ticket as it stands. */
  readonly plainSegmentId?: number | null;
  /** By membership. */
  readonly hats: ReadonlyMap<number, Hat>;
  /** Why somebody stopped the clocks, by pause. */
  readonly reasons: ReadonlyMap<number, string>;
}

/** A ticket between two events, as far as clocks look at it. */
export interface Moment {
  readonly category: string;
  readonly isSnoozed: boolean;
  /** The reason of whoever stopped the clocks. */
  readonly stopped: string | null;
  readonly lineId: number | null;
  readonly teamId: number | null;
  readonly type: string | null;
  readonly priority: number;
  readonly channel: string;
  readonly membershipId: number | null;
}

export const unborn: Moment = {
  category: 'new',
  isSnoozed: false,
  stopped: null,
  lineId: null,
  teamId: null,
  type: null,
  priority: 2,
  channel: '',
  membershipId: null,
};

/** What changes the course of a clock. */
export const LIFE_EVENTS = [
  'ticket.opened',
  'message.received',
  'message.replied',
  'message.cancelled',
  'ticket.transferred',
  'ticket.prioritised',
  'ticket.typed',
  'ticket.lineChanged',
  'ticket.contactChanged',
  'ticket.hatChanged',
  'ticket.snoozed',
  'ticket.woken',
  'ticket.waiting',
  'ticket.reopened',
  'ticket.solved',
  'ticket.closed',
  'sla.paused',
  'sla.resumed',
] as const;

export function momentAfter(moment: Moment, { name, payload }: LifeEvent, about: About): Moment {
  switch (name) {
    case 'ticket.opened':
      return {
        ...unborn,
        category: textIn(payload, 'category') ?? 'new',
        lineId: numberIn(payload, 'lineId'),
        teamId: numberIn(payload, 'teamId'),
        type: textIn(payload, 'type'),
        priority: numberIn(payload, 'priority') ?? 2,
        channel: textIn(payload, 'channel') ?? '',
        membershipId: numberIn(payload, 'membershipId'),
      };
    case 'ticket.transferred':
      return { ...moment, teamId: numberIn(payload, 'to') };
    case 'ticket.prioritised':
      return { ...moment, priority: numberIn(payload, 'to') ?? moment.priority };
    case 'ticket.typed':
      return { ...moment, type: textIn(payload, 'to') };
    case 'ticket.lineChanged':
      return { ...moment, lineId: numberIn(payload, 'to') };
    case 'ticket.contactChanged':
      return { ...moment, membershipId: null };
    case 'ticket.hatChanged':
      return { ...moment, membershipId: numberIn(payload, 'to') };
    case 'ticket.snoozed':
      return { ...moment, isSnoozed: true };
    case 'ticket.woken':
      return { ...moment, isSnoozed: false };
    case 'ticket.waiting':
    case 'ticket.reopened':
      return { ...moment, category: textIn(payload, 'to') ?? moment.category };
    case 'ticket.solved':
    case 'ticket.closed':
      return { ...moment, category: textIn(payload, 'to') ?? moment.category, isSnoozed: false };
    case 'sla.paused':
      return { ...moment, stopped: about.reasons.get(numberIn(payload, 'pauseId') ?? 0) ?? '' };
    case 'sla.resumed':
      return { ...moment, stopped: null };
    default:
      return moment;
  }
}

export function subjectOf(moment: Moment, about: About): Subject {
  const hat = moment.membershipId === null ? undefined : about.hats.get(moment.membershipId);
  const segmentId = moment.membershipId === null ? about.plainSegmentId : hat?.segmentId;
  return {
    lineId: moment.lineId,
    teamId: moment.teamId,
    type: moment.type,
    priority: moment.priority,
    channel: moment.channel,
    organizationId: hat?.organizationId ?? null,
    role: hat?.role ?? null,
    segmentId: segmentId === undefined ? about.segmentId : segmentId,
  };
}

export const isDone = ({ category }: Moment) => category === 'solved' || category === 'closed';

export function numberIn(payload: LifeEvent['payload'], name: string): number | null {
  const value = payload[name];
  return typeof value === 'number' ? value : null;
}
const textIn = (payload: LifeEvent['payload'], name: string) => {
  const value = payload[name];
  return typeof value === 'string' ? value : null;
};
