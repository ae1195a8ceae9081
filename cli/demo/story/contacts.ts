import type { ContactEvent, StoryMembership } from './events.js';
import { organizationOf } from './organizations.js';
import type { Organization } from './organizations.js';
import { Random } from './random.js';
import { toAddress } from './to-address.js';
import { dayMs } from './zone.js';
import type { World } from './world.js';

export interface Contact {
  readonly key: string;
  readonly firstName: string;
  readonly name: string;
  readonly isFemale: boolean;
  readonly emails: readonly [string, ...string[]];
  readonly phones: readonly string[];
  readonly organizations: readonly Organization[];
  readonly memberships: readonly StoryMembership[];
  readonly city: string;
  readonly street: string;
}

/** The n-th contact: the same person whenever asked, so that nobody need be remembered. */
export function contactOf(world: World, number: number): Contact {
  const { names, seed } = world;
  const random = new Random(seed, number ^ 0x636f6e);
  const { first, last, isFemale, round } = nameOf(world, number);
  const organizations = isBusiness(seed, number) ? employersOf(world, number, random) : [];
  const local = `${toAddress(first)}.${toAddress(last)}${round ? round + 1 : ''}`;
  const mailbox = `${toAddress(last)}-${toAddress(first)}${round ? round + 1 : ''}@${random.pick(names.mailboxes)}`;
  const main = `${local}@${organizations[0]?.domain ?? random.pick(names.mailboxes)}`;
  return {
    key: `contact-${number}`,
    firstName: first,
    name: `${first} ${last}`,
    isFemale,
    emails: random.chance(0.08) ? [main, mailbox] : [main],
    phones: phonesOf(world, number),
    organizations,
    memberships: membershipsOf(world, organizations, random),
    city: random.pick(names.cities),
    street: random.pick(names.streets),
  };
}

/** One contact of five writes for an organisation. */
export function isBusiness(seed: number, number: number): boolean {
  return new Random(seed, number ^ 0x62697a).chance(0.2);
}

export function presentContact(
  { key, name, emails, phones, memberships }: Contact,
  world: World,
  at: Date,
): ContactEvent {
  return { kind: 'contact', at, key, name, emails, phones, memberships, language: world.language };
}

function nameOf({ names, seed, language }: World, number: number) {
  const firsts = [...names.male, ...names.female];
  const all = firsts.length * names.surnames.length;
  // A prime step visits every pair once before any comes again.
  const pair = (number * 1549 + Math.abs(seed)) % all;
  const first = firsts[pair % firsts.length] ?? '';
  const isFemale = pair % firsts.length >= names.male.length;
  const surname = names.surnames[Math.floor(pair / firsts.length)] ?? '';
  const last = isFemale && language === 'ru' ? feminine(surname) : surname;
  return { first, last, isFemale, round: Math.floor(number / all) };
}

/** "Орлов" → "Орлова", "Толстой" → "Толстая"; "Шевчук" and "Черных" stay. */
export function feminine(surname: string): string {
  if (/(?:ов|ев|ёв|ин|ын)$/.test(surname)) return `${surname}а`;
  return surname.replace(/(?:ый|ой|ий)$/, 'ая');
}

function employersOf({ names, language, seed }: World, number: number, random: Random): Organization[] {
  const known = 48 + Math.floor(number / 25);
  const first = Math.floor(random.next() ** 2 * known);
  const employer = organizationOf(names, language, seed, first);
  return random.chance(0.12)
    ? [employer, organizationOf(names, language, seed, (first + 1) % known)]
    : [employer];
}

function membershipsOf(
  { from }: World,
  [first, second]: readonly Organization[],
  random: Random,
): StoryMembership[] {
  if (!first) return [];
  const role = random.pick([
    'employee',
    'employee',
    'employee',
    'director',
    'accountant',
    'engineer',
  ] as const);
  const since = from - random.between(30, 2500) * dayMs;
  const current = { organization: first.key, role, from: new Date(since) };
  if (!second) return [current];
  const earlier = {
    organization: second.key,
    role,
    from: new Date(since - random.between(200, 900) * dayMs),
  };
  // Accountants keep the books of two houses; others have moved.
  return [current, role === 'accountant' ? earlier : { ...earlier, to: new Date(since) }];
}

// Numbers that are kept free for fiction (UK), or have a code that nobody is given (Russia).
const fictional = [
  '+441134960',
  '+441144960',
  '+441154960',
  '+441164960',
  '+441174960',
  '+441214960',
  '+441314960',
  '+441414960',
  '+441514960',
  '+441614960',
  '+442079460',
  '+441914980',
  '+447700900',
  '+441632960',
];

function phonesOf({ language }: World, number: number): string[] {
  if (number % 3 !== 0) return [];
  if (language === 'ru') return [`+7970${String((number * 7919) % 10_000_000).padStart(7, '0')}`];
  const scattered = ((number / 3) * 617) % (fictional.length * 1000);
  const prefix = fictional[Math.floor(scattered / 1000)];
  return prefix && number / 3 < fictional.length * 1000
    ? [prefix + String(scattered % 1000).padStart(3, '0')]
    : [];
}
