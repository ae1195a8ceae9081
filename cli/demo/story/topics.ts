import type { TicketType } from './events.js';
import { topicKeys } from './words/words.js';
import type { TopicKey } from './words/words.js';
import type { ProductKind } from './words/names.js';

export interface Topic {
  readonly type: TicketType;
  readonly team: string;
  readonly line: string;
  readonly tags: readonly string[];
  /** How often private and business customers ask. */
  readonly private: number;
  readonly business: number;
  readonly products: readonly ProductKind[];
  /** How many days ago the thing was bought, at least and at most. */
  readonly bought: readonly [number, number];
  /** How often the first message has a file. */
  readonly files: number;
  readonly priority?: 'low' | 'high' | 'urgent';
}

const heaters = ['heater', 'convector'] as const;
const sales = { team: 'sales', line: 'sales', files: 0.1 } as const;
const returns = { team: 'returns', line: 'returns', files: 0.25 } as const;
const service = { team: 'service', line: 'tech', files: 0.2 } as const;
const support = { team: 'support', line: 'general', files: 0.08 } as const;

/** What customers write about; the texts are in `words/`. */
export const topics: Readonly<Record<TopicKey, Topic>> = {
  delivery: {
    ...support,
    type: 'order',
    tags: ['delivery'],
    private: 20,
    business: 11,
    products: [...heaters, 'thermostat'],
    bought: [3, 12],
  },
  'order-change': {
    ...support,
    type: 'order',
    tags: ['order'],
    private: 10,
    business: 6,
    products: [...heaters, 'thermostat'],
    bought: [1, 4],
  },
  choosing: {
    ...support,
    type: 'consultation',
    tags: ['advice'],
    private: 12,
    business: 3,
    products: heaters,
    bought: [5, 30],
    priority: 'low',
  },
  'boiler-error': {
    ...service,
    type: 'problem',
    tags: ['boiler', 'breakdown'],
    private: 11,
    business: 9,
    products: ['boiler'],
    bought: [40, 600],
    priority: 'high',
  },
  'no-heat': {
    ...service,
    type: 'problem',
    tags: ['breakdown'],
    private: 10,
    business: 6,
    products: heaters,
    bought: [20, 500],
  },
  thermostat: {
    ...service,
    type: 'problem',
    tags: ['thermostat', 'app'],
    private: 8,
    business: 2,
    products: ['thermostat'],
    bought: [10, 300],
  },
  firmware: {
    ...service,
    type: 'problem',
    tags: ['firmware', 'thermostat'],
    private: 0,
    business: 0,
    products: ['thermostat'],
    bought: [60, 400],
    priority: 'high',
  },
  installation: {
    ...service,
    type: 'order',
    tags: ['installation'],
    private: 8,
    business: 8,
    products: ['convector', 'boiler', 'thermostat'],
    bought: [4, 20],
  },
  warranty: {
    ...returns,
    type: 'warranty',
    tags: ['guarantee'],
    private: 7,
    business: 4,
    products: [...heaters, 'thermostat'],
    bought: [60, 700],
  },
  return: {
    ...returns,
    type: 'order',
    tags: ['return'],
    private: 9,
    business: 2,
    products: heaters,
    bought: [5, 13],
  },
  complaint: {
    ...support,
    type: 'complaint',
    tags: ['complaint'],
    private: 4,
    business: 2,
    products: [...heaters, 'boiler'],
    bought: [3, 20],
    files: 0.4,
    priority: 'high',
  },
  documents: {
    ...sales,
    type: 'document-request',
    tags: ['documents'],
    private: 0,
    business: 26,
    products: ['convector', 'boiler'],
    bought: [10, 60],
    files: 0.3,
  },
  quote: {
    ...sales,
    type: 'order',
    tags: ['quote', 'partner'],
    private: 0,
    business: 24,
    products: ['convector', 'thermostat', 'boiler'],
    bought: [10, 60],
    files: 0.25,
  },
  parts: {
    ...service,
    type: 'post-warranty',
    tags: ['parts'],
    private: 4,
    business: 3,
    products: ['boiler'],
    bought: [1900, 2600],
  },
  payment: {
    ...support,
    type: 'problem',
    tags: ['payment'],
    private: 6,
    business: 0,
    products: [...heaters, 'thermostat'],
    bought: [1, 9],
    priority: 'high',
  },
};

/** Every topic as often as its kind of customer asks about it. */
export const asked = { private: spread('private'), business: spread('business') };

function spread(audience: 'private' | 'business'): TopicKey[] {
  return topicKeys.flatMap((key) => Array.from({ length: topics[key][audience] }, () => key));
}
