import { comingsAndGoings, introduce } from './cast.js';
import { contactOf, isBusiness, presentContact } from './contacts.js';
import type { Contact } from './contacts.js';
import type { StoryEvent, StoryOptions, TicketEvent } from './events.js';
import { Merge } from './merge.js';
import { Random } from './random.js';
import { presentSpammer, tellSpam } from './tell-spam.js';
import { tellTicket } from './tell-ticket.js';
import { asked } from './topics.js';
import { worldOf } from './world.js';
import type { World } from './world.js';

/**
 * A year of one company's history, as plain data in order of time: first the company and its people, then
 * customers as they first write, and what happens to exactly `tickets` tickets. The same options tell the same
 * story. Holds only tickets in progress in memory (and four bytes a ticket).
 * @throws RangeError when `tickets` is not a whole number from 1 to 10 million, `end` is no date, or `timeZone` is unknown.
 */
export function* tellStory(options: StoryOptions): Generator<StoryEvent> {
  const { tickets, seed } = options;
  if (!Number.isInteger(tickets) || tickets < 1 || tickets > 10_000_000)
    throw new RangeError('tickets must be 1 to 10000000');
  if (!Number.isFinite(options.end.getTime())) throw new RangeError('end must be a date');
  const world = worldOf(options);
  yield* introduce(options, world.agents, world.from);

  const pending = new Merge<StoryEvent>();
  pending.add(comingsAndGoings(world.agents, world.language, world.from).values());
  const crowd = new Crowd(world, tickets);
  const random = new Random(seed, 0x73746f);
  const rareAt = new Random(seed, 0x726172).between(0, Math.min(tickets, 10_000) - 1);
  let index = 0;
  for (const { at, incident } of world.rhythm.arrivals(tickets, random)) {
    yield* pending.until(at);
    const isRare = index % 10_000 === rareAt;
    const { introduces, events } =
      !isRare && random.chance(0.015)
        ? crowd.spam(index, at, random)
        : crowd.ask({ index, at, incident, isRare }, random);
    yield* introduces;
    pending.add(events);
    index += 1;
  }
  yield* pending.until(world.end + 1);
}

interface Arrival {
  readonly introduces: readonly StoryEvent[];
  readonly events: Iterator<TicketEvent>;
}

/** Everybody who has written so far: who wrote often writes again. */
class Crowd {
  readonly #world: World;
  readonly #writers: Uint32Array;
  readonly #organizations = new Set<string>();
  readonly #spammers = new Set<number>();
  #letters = 0;
  #size = 0;

  constructor(world: World, tickets: number) {
    this.#world = world;
    this.#writers = new Uint32Array(tickets);
  }

  spam(index: number, at: number, random: Random): Arrival {
    const which = Math.floor(random.next() * this.#world.talk.spam.length);
    const introduces = this.#spammers.has(which) ? [] : [presentSpammer(this.#world, which, at)];
    this.#spammers.add(which);
    return {
      introduces,
      events: tellSpam(this.#world, index, which, at, new Random(this.#world.seed, index)),
    };
  }

  ask(
    { index, at, incident, isRare }: { index: number; at: number; incident: number; isRare: boolean },
    random: Random,
  ): Arrival {
    const world = this.#world;
    const isNew = this.#size === 0 || random.chance(0.45);
    const number = isNew ? this.#size++ : this.#someWriter(random);
    this.#writers[this.#letters++] = number;
    const contact = contactOf(world, number);
    const usual = random.pick(contact.organizations.length ? asked.business : asked.private);
    const topic = random.chance(incident) ? 'firmware' : usual;
    return {
      introduces: isNew ? this.#introduce(contact, at) : [],
      events: tellTicket(world, { index, at, contact, topic, ...(isRare ? { extra: world.talk.rare } : {}) }),
    };
  }

  // Whoever wrote a random earlier letter: a power law. Organisations come back more than people do.
  #someWriter(random: Random): number {
    const pick = () => this.#writers[Math.floor(random.next() * this.#letters)] ?? 0;
    const first = pick();
    return isBusiness(this.#world.seed, first) || random.chance(0.75) ? first : pick();
  }

  #introduce(contact: Contact, at: number): StoryEvent[] {
    const moment = new Date(at);
    const unknown = contact.organizations.filter(({ key }) => !this.#organizations.has(key));
    for (const { key } of unknown) this.#organizations.add(key);
    const organizations = unknown.map((organization) => ({
      kind: 'organization' as const,
      at: moment,
      ...organization,
    }));
    return [...organizations, presentContact(contact, this.#world, moment)];
  }
}
