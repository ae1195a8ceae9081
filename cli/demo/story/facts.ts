import type { Agent } from './cast.js';
import type { Contact } from './contacts.js';
import type { Language } from './events.js';
import { counted } from './plural.js';
import type { Random } from './random.js';
import type { Slots } from './template.js';
import { topics } from './topics.js';
import type { TopicKey } from './words/words.js';
import { afterWork } from './working-hours.js';
import type { World } from './world.js';
import { dayMs, hourMs } from './zone.js';

/** The version that went wrong. */
export const badFirmware = '3.2.0';

/** What one ticket is about: whoever names the order, the thing or the day names the same. */
export class Facts implements Slots {
  readonly words: Record<string, string>;
  readonly forms: Record<string, (forms: readonly string[]) => string>;
  readonly #world: World;
  readonly #random: Random;
  /** When somebody comes by (ms). */
  visitAt = 0;

  constructor(world: World, topic: TopicKey, contact: Contact, random: Random, at: number) {
    const { language } = world;
    this.#world = world;
    this.#random = random;
    this.words = {
      ...ofContact(contact, language),
      ...ofProduct(world, topic, random),
      ...ofPapers(world, topic, random, at),
    };
    const quantity = random.between(3, 60);
    if (topic === 'quote') this.words['sum'] = money(quantity * random.between(28, 110) * 100, language);
    const number = (count: number) => (forms: readonly string[]) => counted(count, forms, language);
    this.forms = {
      g: (forms) => forms[contact.isFemale ? 1 : 0] ?? '',
      qty: number(quantity),
      few: number(random.between(2, 9)),
      days: number(random.between(2, 6)),
      temp: number(random.between(11, 17)),
    };
    this.#planVisit(at);
  }

  /** From now on this agent speaks; a visit that would be too soon is put off. */
  letAgentSpeak({ name, isFemale }: Agent, at: number): void {
    this.words['agent'] = name.split(' ')[0] ?? name;
    this.forms['ag'] = (forms) => forms[isFemale ? 1 : 0] ?? '';
    if (this.visitAt < at + 12 * hourMs) this.#planVisit(at);
  }

  #planVisit(at: number): void {
    const { zone } = this.#world;
    this.visitAt = afterWork(zone, at, this.#random.between(27, 63) * hourMs);
    this.words['visit'] = dateOf(this.#world, this.visitAt);
    this.words['window'] = this.#random.pick(this.#world.names.windows);
  }
}

function ofContact(
  { firstName, name, city, street, organizations, memberships }: Contact,
  language: Language,
) {
  const employer = organizations[0];
  const role = memberships[0]?.role ?? 'employee';
  return {
    first: firstName,
    firstName,
    name,
    city,
    street,
    org: employer?.name ?? name,
    site: employer?.domain ?? '',
    role: roles[language][role],
  };
}

const roles = {
  ru: { employee: 'менеджер', director: 'директор', accountant: 'бухгалтер', engineer: 'инженер' },
  en: { employee: 'office manager', director: 'director', accountant: 'accountant', engineer: 'engineer' },
} as const;

function ofProduct({ names, language }: World, topic: TopicKey, random: Random) {
  const kind = random.pick(topics[topic].products);
  const model = random.pick(names.models[kind]);
  const { one, of } = names.kinds[kind];
  const letter = { heater: 'H', convector: 'C', thermostat: 'T', boiler: 'B' }[kind];
  return {
    model,
    product: language === 'ru' ? `${one} ${model}` : `${model} ${one}`,
    product_g: language === 'ru' ? `${of} ${model}` : `${model} ${of}`,
    serial: `${letter}${random.between(18, 26)}-${random.digits(6)}`,
    error: `${random.pick(['E', 'F'])}${random.pick(['02', '04', '10', '13', '28', '37'])}`,
    ver: `3.1.${random.between(2, 9)}`,
    badver: badFirmware,
  };
}

function ofPapers(world: World, topic: TopicKey, random: Random, at: number) {
  const { zone, names, language } = world;
  const local = new Date(zone.toLocal(at));
  const [least, most] = topics[topic].bought;
  const year = String(local.getUTCFullYear()).slice(2);
  const prefix = language === 'ru' ? 'ТД' : 'WH';
  const boughtAt = at - random.between(least, most) * dayMs;
  return {
    order: `${prefix}-${random.between(100_000, 999_999)}`,
    track: `TR${random.digits(9)}`,
    invoice: `№ ${random.between(101, 4999)}`,
    contract: `№ ${random.between(12, 480)}/${year}`,
    card: String(random.between(1000, 9999)),
    area: String(random.between(9, 32)),
    bought: dateOf(world, boughtAt, at),
    month: names.monthsAlone[(local.getUTCMonth() + 11) % 12] ?? '',
    sum: money(
      topic === 'documents' ? random.between(400, 9000) * 100 : random.between(15, 320) * 100 - 10,
      language,
    ),
  };
}

// Prices are told in roubles or pounds: a pound stands for about a hundred roubles here.
function money(roubles: number, language: Language): string {
  if (language === 'en') return `£${grouped(Math.max(5, Math.round(roubles / 100)), ',')}.00`;
  return `${grouped(roubles, '\u00a0')}\u00a0₽`;
}

function grouped(amount: number, separator: string): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, separator);
}

/** "5 марта", "5 March"; with the year if it is not that of `now`. */
function dateOf({ zone, names, language }: World, at: number, now = at): string {
  const local = new Date(zone.toLocal(at));
  const year = local.getUTCFullYear();
  const date = `${local.getUTCDate()} ${names.months[local.getUTCMonth()] ?? ''}`;
  if (year === new Date(zone.toLocal(now)).getUTCFullYear()) return date;
  return language === 'ru' ? `${date} ${year} года` : `${date} ${year}`;
}
