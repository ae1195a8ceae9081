import type { StoryEvent, TicketEvent } from '../story/events.js';
import { dayMs } from '../story/zone.js';

/** What a desk does by itself: snoozed tickets come back, solved ones are closed. */
export interface ClockEvent {
  readonly kind: 'woken' | 'closed';
  readonly at: Date;
  readonly ticket: string;
}

const isOfTicket = (event: StoryEvent): event is TicketEvent => 'ticket' in event;

/** Adds to a story what the clock of the desk did meanwhile, in order of time. */
export function* actByTheClock(
  story: Iterable<StoryEvent>,
  { closeAfterDays, end }: { closeAfterDays: number; end: Date },
): Generator<StoryEvent | ClockEvent> {
  const clock = new Clock(closeAfterDays * dayMs);
  for (const event of story) {
    yield* clock.until(event.at.getTime());
    if (isOfTicket(event)) clock.note(event);
    yield event;
  }
  yield* clock.until(end.getTime());
}

class Clock {
  readonly #closeAfterMs: number;
  /** The one date that counts for each ticket; later news of it moves or removes it. */
  readonly #due = new Map<string, ClockEvent>();
  #queue: ClockEvent[] = [];

  constructor(closeAfterMs: number) {
    this.#closeAfterMs = closeAfterMs;
  }

  *until(time: number): Generator<ClockEvent> {
    for (let next = this.#queue[0]; next && next.at.getTime() <= time; next = this.#queue[0]) {
      this.#queue.shift();
      if (this.#due.get(next.ticket) !== next) continue;
      this.#due.delete(next.ticket);
      yield next;
    }
  }

  note(event: TicketEvent): void {
    const { kind, ticket, at } = event;
    if (kind === 'snooze') return this.#plan({ kind: 'woken', ticket, at: event.until });
    const isSolved = kind === 'solve' || kind === 'spam' || (kind === 'reply' && event.then === 'solve');
    if (isSolved)
      return this.#plan({ kind: 'closed', ticket, at: new Date(at.getTime() + this.#closeAfterMs) });
    if (kind === 'reopen' || (kind === 'incoming' && !event.auto)) this.#due.delete(ticket);
  }

  #plan(event: ClockEvent): void {
    this.#due.set(event.ticket, event);
    const place = this.#queue.findLastIndex(({ at }) => at <= event.at);
    this.#queue.splice(place + 1, 0, event);
  }
}
