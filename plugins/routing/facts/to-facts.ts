import type { TicketField } from '../conditions/fields.js';
import type { Seen } from '../conditions/evaluate.js';
import { hatKey, type People } from './read-people.js';
import type { TicketState } from './ticket-state.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What each condition of a rule sees. @param timeZone of the company: its clock is meant */
export function toFacts(
  state: TicketState,
  { people, at, timeZone }: { people: People; at: Date; timeZone: string },
): Record<TicketField, Seen> {
  const contact = people.contacts.get(state.contactId);
  const hat = state.membershipId === null ? undefined : people.hats.get(state.membershipId);
  const clock = clockIn(at, timeZone);
  return {
    'ticket.subject': state.subject,
    'message.text': state.message?.text ?? '',
    'message.isAutomatic': (state.message?.auto ?? null) !== null,
    'ticket.line': keyOf(state.lineId),
    'ticket.channel': state.channel,
    'ticket.type': state.type,
    'ticket.priority': String(state.priority),
    'ticket.status': state.status,
    'ticket.team': keyOf(state.teamId),
    'ticket.assignee': keyOf(state.assigneeId),
    'ticket.tags': state.tags,
    'ticket.waiting': state.waitingSince ? since(at, state.waitingSince, MINUTE) : null,
    'ticket.age': since(at, state.openedAt, HOUR),
    'ticket.messages': state.messageCount,
    'contact.segment': keyOf(people.segments.get(hatKey(state))?.id ?? null),
    'contact.isNew': people.first.get(state.contactId) === state.id,
    'contact.name': contact?.name ?? '',
    'contact.address': people.addresses.get(state.contactId) ?? '',
    'contact.language': contact?.language ?? null,
    'hat.kind': hat === undefined ? null : hat.organizationId === null ? 'private' : 'organization',
    'hat.role': hat?.role ?? '',
    'hat.organization': hat?.organization ?? '',
    'time.clock': clock.time,
    'time.weekday': clock.weekday,
  };
}

const keyOf = (id: number | null) => (id === null ? null : String(id));
const since = (at: Date, iso: string, unit: number) =>
  Math.max(0, Math.floor((at.getTime() - Date.parse(iso)) / unit));

const formats = new Map<string, Intl.DateTimeFormat>();

/** Time of day as `HH:MM` and the day of the week, 1 for Monday. */
function clockIn(at: Date, timeZone: string): { time: string; weekday: string } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      weekday: 'short',
    });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    time: `${parts.get('hour')}:${parts.get('minute')}`,
    weekday: String(DAYS.indexOf(parts.get('weekday') ?? '') + 1),
  };
}
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
