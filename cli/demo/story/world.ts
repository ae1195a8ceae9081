import { castOf } from './cast.js';
import type { Agent } from './cast.js';
import type { Language, StoryOptions } from './events.js';
import { rhythmOf } from './rhythm.js';
import type { Rhythm } from './rhythm.js';
import { enComplaint } from './words/en-complaint.js';
import { enNames } from './words/en-names.js';
import { enOffice } from './words/en-office.js';
import { enOrders } from './words/en-orders.js';
import { enService } from './words/en-service.js';
import { enTalk } from './words/en-talk.js';
import type { Names } from './words/names.js';
import { ruComplaint } from './words/ru-complaint.js';
import { ruNames } from './words/ru-names.js';
import { ruOffice } from './words/ru-office.js';
import { ruOrders } from './words/ru-orders.js';
import { ruService } from './words/ru-service.js';
import { ruTalk } from './words/ru-talk.js';
import type { SmallTalk, Topics } from './words/words.js';
import { dayMs, Zone } from './zone.js';

/** What every ticket of one history shares. */
export interface World {
  readonly seed: number;
  readonly language: Language;
  readonly from: number;
  readonly end: number;
  readonly zone: Zone;
  readonly rhythm: Rhythm;
  readonly agents: readonly Agent[];
  readonly names: Names;
  readonly topics: Topics;
  readonly talk: SmallTalk;
  /** How likely a ticket of this moment is never finished. */
  readonly staysOpen: (at: number) => number;
}

const words: Readonly<Record<Language, Pick<World, 'names' | 'topics' | 'talk'>>> = {
  ru: {
    names: ruNames,
    topics: { ...ruOrders, ...ruService, ...ruOffice, complaint: ruComplaint },
    talk: ruTalk,
  },
  en: {
    names: enNames,
    topics: { ...enOrders, ...enService, ...enOffice, complaint: enComplaint },
    talk: enTalk,
  },
};

const backlogShare = 0.03;

export function worldOf({ seed, language, end: last, timeZone }: StoryOptions): World {
  const end = last.getTime();
  const from = end - 365 * dayMs;
  const zone = new Zone(timeZone, from - 30 * dayMs, end + 40 * dayMs);
  const rhythm = rhythmOf(zone, from, end);
  const agents = castOf(language, from, end);
  return {
    seed,
    language,
    from,
    end,
    zone,
    rhythm,
    agents,
    ...words[language],
    staysOpen: backlog(rhythm, end),
  };
}

// The older, the likelier that it is done; as steep as the wanted share of the whole year asks for.
function backlog(rhythm: Rhythm, end: number): (at: number) => number {
  const withHeight = (height: number) => (at: number) =>
    Math.min(0.9, height * Math.exp((at - end) / (12 * dayMs)));
  let low = 0;
  let high = 200;
  for (let round = 0; round < 24; round += 1) {
    const middle = (low + high) / 2;
    if (rhythm.mean(withHeight(middle)) < backlogShare) low = middle;
    else high = middle;
  }
  return withHeight(low);
}
