import type { Random } from './random.js';
import type { ContactEvent, TicketEvent } from './events.js';
import { afterWork } from './working-hours.js';
import type { World } from './world.js';
import { minuteMs } from './zone.js';

/** The sender of the n-th kind of spam, as a contact. */
export function presentSpammer(world: World, which: number, at: number): ContactEvent {
  const { sender = '', from = '' } = world.talk.spam[which] ?? {};
  const { language } = world;
  return {
    kind: 'contact',
    at: new Date(at),
    key: `spam-${which}`,
    name: sender,
    emails: [from],
    phones: [],
    memberships: [],
    language,
  };
}

/** Spam, and the agent who puts it away. */
export function* tellSpam(
  world: World,
  index: number,
  which: number,
  at: number,
  random: Random,
): Generator<TicketEvent> {
  const { subject = '', text = '', from = '' } = world.talk.spam[which] ?? {};
  const ticket = `ticket-${index}`;
  const messageKey = `${ticket}-1`;
  const contact = `spam-${which}`;
  yield {
    kind: 'incoming',
    at: new Date(at),
    ticket,
    contact,
    from,
    line: 'general',
    subject,
    text,
    messageKey,
    auto: 'spam',
  };
  const seenAt = new Date(afterWork(world.zone, at, random.wait(50 * minuteMs)));
  yield { kind: 'spam', at: seenAt, ticket, by: 'quick' };
}
