import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COMMON_WORD, RARE_WORD } from './benchmark-words.js';
import type { IncomingEvent, Language, ReplyEvent, StoryEvent } from './events.js';
import { tellStory } from './tell-story.js';

const end = new Date('2026-03-11T13:00:00Z');
const tell = (language: Language, tickets = 4000, seed = 1): StoryEvent[] => [
  ...tellStory({ tickets, seed, language, end, timeZone: 'Europe/Moscow' }),
];
const stories = { ru: tell('ru'), en: tell('en') };

const isIncoming = (event: StoryEvent): event is IncomingEvent => event.kind === 'incoming';
const isReply = (event: StoryEvent): event is ReplyEvent => event.kind === 'reply';
const firsts = (story: readonly StoryEvent[]) =>
  story.filter(isIncoming).filter(({ messageKey }) => messageKey.endsWith('-1'));
const digest = (story: readonly StoryEvent[]) =>
  createHash('sha256').update(JSON.stringify(story)).digest('hex');

const ticketsWith = (story: readonly StoryEvent[], word: string): number =>
  new Set(
    story
      .filter(isIncoming)
      .filter(({ text, subject }) => `${subject} ${text}`.toLowerCase().includes(word))
      .map(({ ticket }) => ticket),
  ).size;
const start = (wrong: object) => () =>
  tellStory({ tickets: 1, seed: 1, language: 'en', end, timeZone: 'UTC', ...wrong }).next();

describe.each(['ru', 'en'] as const)('a story in %s', (language) => {
  const story = stories[language];

  it('is the same for the same seed and another for another', () => {
    expect(digest(tell(language))).toBe(digest(story));
    expect(digest(tell(language, 4000, 2))).not.toBe(digest(story));
  });

  it('is told in order of time, and ends when told to', () => {
    const late = story.filter((event, place) => place > 0 && event.at < (story[place - 1]?.at ?? event.at));
    expect(late).toEqual([]);
    expect(story.at(-1)?.at.getTime()).toBeLessThanOrEqual(end.getTime());
  });

  it('has exactly the tickets asked for, whatever the number', () => {
    for (const tickets of [1, 2, 37, 500]) expect(firsts(tell(language, tickets))).toHaveLength(tickets);
    expect(firsts(story)).toHaveLength(4000);
  });

  it('never answers a message, or names a person, that was not there before', () => {
    const messages = new Set<string>();
    const people = new Set<string>();
    for (const event of story) {
      if ('key' in event) people.add(event.key);
      if (event.kind === 'contact')
        for (const { organization } of event.memberships) expect(people).toContain(organization);
      if (event.kind !== 'incoming' && event.kind !== 'reply') continue;
      expect(people).toContain(event.kind === 'reply' ? event.agent : event.contact);
      if (event.inReplyTo) expect(messages).toContain(event.inReplyTo);
      messages.add(event.messageKey);
    }
  });

  it('lets only those answer who work there', () => {
    const gone = story.find(({ kind }) => kind === 'agent-left');
    expect(gone).toBeDefined();
    const ghosts = story.filter(
      (event) =>
        isReply(event) && gone?.kind === 'agent-left' && event.agent === gone.key && event.at > gone.at,
    );
    expect(ghosts).toEqual([]);
  });

  it('speaks of one order and one serial number within a ticket', () => {
    for (const pattern of [/(?:ТД|WH)-\d{6}/g, /\b[HCTB]\d\d-\d{6}/g]) {
      const named = new Map<string, Set<string>>();
      for (const event of story) {
        if (!isIncoming(event) && !isReply(event)) continue;
        const numbers = named.get(event.ticket) ?? new Set();
        for (const [number] of event.text.matchAll(pattern)) numbers.add(number);
        named.set(event.ticket, numbers);
      }
      const sizes = [...named.values()].map(({ size }) => size);
      expect(Math.max(...sizes)).toBe(1);
    }
  });

  it('leaves no slot unfilled and no text empty', () => {
    const texts = story.flatMap((event) => ('text' in event ? [event.text] : []));
    expect(texts.filter((text) => text === '' || /[{}[\]@|]|undefined|NaN/.test(text))).toEqual([]);
  });

  it('sends a file whenever a text says so', () => {
    const promises = story.filter(
      (event) => isReply(event) && /во вложении|is attached/i.test(event.text) && !event.text.includes('?'),
    );
    expect(promises.length).toBeGreaterThan(50);
    expect(promises.filter((event) => !('attachments' in event))).toEqual([]);
  });

  it('has a low weekend and a high heating season', () => {
    const all = firsts(story);
    const local = all.map(({ at }) => new Date(at.getTime() + 3 * 3_600_000));
    const weekend = local.filter((at) => [0, 6].includes(at.getUTCDay())).length / all.length;
    const season = local.filter((at) => at.getUTCMonth() >= 9 || at.getUTCMonth() <= 1).length / all.length;
    const office = local.filter((at) => at.getUTCHours() >= 8 && at.getUTCHours() < 18).length / all.length;
    expect(weekend).toBeGreaterThan(0.04);
    expect(weekend).toBeLessThan(0.15);
    expect(season).toBeGreaterThan(0.55);
    expect(office).toBeGreaterThan(0.6);
  });

  it('has a burst of firmware complaints in one month', () => {
    const months = new Map<number, number>();
    for (const event of story) {
      if (event.kind === 'tag' && event.tag === 'firmware')
        months.set(event.at.getUTCMonth(), (months.get(event.at.getUTCMonth()) ?? 0) + 1);
    }
    const counts = [...months.values()];
    expect(Math.max(...counts)).toBeGreaterThan(30);
    expect(months.size).toBeLessThanOrEqual(2);
  });

  it('has few customers who write often and many who write once', () => {
    const letters = new Map<string, number>();
    for (const { contact } of firsts(story)) letters.set(contact, (letters.get(contact) ?? 0) + 1);
    const counts = [...letters.values()];
    expect(counts.filter((count) => count === 1).length / counts.length).toBeGreaterThan(0.4);
    expect(Math.max(...counts)).toBeGreaterThan(15);
  });

  it('gives every contact an address and every organisation a domain of its own, all fictional', () => {
    const addresses = story.flatMap((event) => (event.kind === 'contact' ? event.emails : []));
    const domains = story.flatMap((event) => (event.kind === 'organization' ? [event.domain] : []));
    const phones = story.flatMap((event) => (event.kind === 'contact' ? event.phones : []));
    for (const unique of [addresses, domains, phones]) expect(new Set(unique).size).toBe(unique.length);
    expect(domains.length).toBeGreaterThanOrEqual(40);
    expect([...addresses, ...domains].filter((address) => !/^[a-z0-9.@-]+\.example$/.test(address))).toEqual(
      [],
    );
  });

  it('leaves three to five of a hundred tickets open', () => {
    const open = new Set<string>();
    for (const event of story) {
      if (event.kind === 'incoming' || event.kind === 'reopen') open.add(event.ticket);
      if (
        event.kind === 'solve' ||
        event.kind === 'spam' ||
        (event.kind === 'reply' && event.then === 'solve')
      )
        open.delete(event.ticket);
    }
    expect(open.size / 4000).toBeGreaterThan(0.025);
    expect(open.size / 4000).toBeLessThan(0.055);
  });

  it('has the common word in three of ten tickets and the rare word in one of ten thousand', () => {
    expect(ticketsWith(story, COMMON_WORD[language]) / 4000).toBeGreaterThan(0.25);
    expect(ticketsWith(story, COMMON_WORD[language]) / 4000).toBeLessThan(0.35);
    expect(ticketsWith(story, RARE_WORD[language])).toBe(1);
  });

  it('has a page of fifty subjects that differ', () => {
    const subjects = firsts(story)
      .slice(1000, 1050)
      .map(({ subject }) => subject);
    expect(new Set(subjects).size).toBeGreaterThan(44);
    const templates = new Set(firsts(story).map(({ subject }) => subject.replaceAll(/\d+/g, '#')));
    expect(templates.size).toBeGreaterThan(150);
  });
});

it('refuses a number of tickets, an end or a zone that makes no sense', () => {
  expect(start({ tickets: 0 })).toThrow(RangeError);
  expect(start({ tickets: 1.5 })).toThrow(RangeError);
  expect(start({ end: new Date(Number.NaN) })).toThrow(RangeError);
  expect(start({ timeZone: 'Nowhere/Land' })).toThrow(RangeError);
});
