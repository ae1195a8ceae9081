import type { AgentRole, Language, StoryEvent, StoryOptions } from './events.js';
import { dayMs, minuteMs } from './zone.js';

/** One of the people who answer. */
export interface Agent {
  readonly key: string;
  readonly name: string;
  readonly isFemale: boolean;
  readonly role: AgentRole;
  readonly teams: readonly string[];
  /** How long an answer takes on average, in milliseconds of work. */
  readonly pace: number;
  readonly joinedAt: number;
  readonly leftAt: number;
}

type Part = Pick<Agent, 'key' | 'role' | 'teams'> & {
  readonly isFemale?: true;
  readonly minutes: number;
  /** Parts of the year. */
  readonly joins?: number;
  readonly leaves?: number;
  readonly names: Readonly<Record<Language, string>>;
};

const parts: readonly Part[] = [
  {
    key: 'owner',
    role: 'admin',
    teams: ['support'],
    minutes: 260,
    names: { ru: 'Андрей Лукин', en: 'Andrew Lucas' },
  },
  {
    key: 'lead',
    role: 'supervisor',
    teams: ['support', 'service', 'returns'],
    isFemale: true,
    minutes: 70,
    names: { ru: 'Ольга Крылова', en: 'Olivia Marsh' },
  },
  {
    key: 'quick',
    role: 'agent',
    teams: ['support'],
    isFemale: true,
    minutes: 18,
    names: { ru: 'Дарья Фомина', en: 'Hannah Webb' },
  },
  {
    key: 'leaver',
    role: 'agent',
    teams: ['support', 'returns'],
    minutes: 150,
    leaves: 0.55,
    names: { ru: 'Кирилл Зуев', en: 'Callum Nash' },
  },
  {
    key: 'trade',
    role: 'agent',
    teams: ['sales'],
    minutes: 60,
    names: { ru: 'Павел Шестаков', en: 'Patrick Shaw' },
  },
  {
    key: 'papers',
    role: 'agent',
    teams: ['sales', 'returns'],
    isFemale: true,
    minutes: 95,
    names: { ru: 'Лариса Тихонова', en: 'Laura Doyle' },
  },
  {
    key: 'engineer',
    role: 'agent',
    teams: ['service'],
    minutes: 110,
    names: { ru: 'Тимофей Гусев', en: 'Tariq Ahmed' },
  },
  {
    key: 'planner',
    role: 'agent',
    teams: ['service'],
    isFemale: true,
    minutes: 40,
    names: { ru: 'Марина Белая', en: 'Megan Lloyd' },
  },
  {
    key: 'newcomer',
    role: 'agent',
    teams: ['support', 'service'],
    isFemale: true,
    minutes: 45,
    joins: 0.48,
    names: { ru: 'Софья Ермакова', en: 'Sophie Grant' },
  },
];

export const companies: Readonly<Record<Language, { readonly name: string; readonly domain: string }>> = {
  ru: { name: 'Тёплый дом', domain: 'teplydom.example' },
  en: { name: 'Warm House', domain: 'warmhouse.example' },
};

export const teams = [
  { key: 'support', names: { ru: 'Поддержка', en: 'Support' } },
  { key: 'sales', names: { ru: 'Продажи и партнёры', en: 'Sales and partners' } },
  { key: 'service', names: { ru: 'Сервис и монтаж', en: 'Service and fitting' } },
  { key: 'returns', names: { ru: 'Возвраты и гарантия', en: 'Returns and guarantees' } },
] as const;

const lines = [
  { key: 'general', team: 'support', local: 'info', names: { ru: 'Общая почта', en: 'General' } },
  {
    key: 'sales',
    team: 'sales',
    local: 'b2b',
    names: { ru: 'Партнёрам и организациям', en: 'Partners and organisations' },
  },
  { key: 'returns', team: 'returns', local: 'return', names: { ru: 'Возвраты', en: 'Returns' } },
  { key: 'tech', team: 'service', local: 'service', names: { ru: 'Техподдержка', en: 'Technical support' } },
] as const;

export function castOf(language: Language, from: number, to: number): Agent[] {
  const moment = (part: number) => from + Math.floor((part * (to - from)) / dayMs) * dayMs;
  return parts.map(({ key, role, teams: own, isFemale = false, minutes, joins = 0, leaves, names }) => ({
    key,
    name: names[language],
    isFemale,
    role,
    teams: own,
    pace: minutes * minuteMs,
    joinedAt: moment(joins),
    leftAt: leaves === undefined ? Infinity : moment(leaves),
  }));
}

/** The company as it is on the first day. */
export function* introduce(
  options: StoryOptions,
  agents: readonly Agent[],
  from: number,
): Generator<StoryEvent> {
  const at = new Date(from);
  const { language, timeZone } = options;
  const { name, domain } = companies[language];
  yield { kind: 'company', at, name, domain, timeZone, language };
  for (const { key, names } of teams) yield { kind: 'team', at, key, names };
  for (const { key, names, local, team } of lines)
    yield { kind: 'line', at, key, names, address: `${local}@${domain}`, team };
  for (const agent of agents) if (agent.joinedAt <= from) yield presentAgent(agent, domain);
}

/** Who joins and who leaves later. */
export function comingsAndGoings(agents: readonly Agent[], language: Language, from: number): StoryEvent[] {
  const joining = agents.filter((agent) => agent.joinedAt > from);
  const leaving = agents.filter((agent) => agent.leftAt < Infinity);
  const events: StoryEvent[] = [
    ...joining.map((agent) => presentAgent(agent, companies[language].domain)),
    ...leaving.map(({ key, leftAt }) => ({ kind: 'agent-left' as const, at: new Date(leftAt), key })),
  ];
  return events.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function presentAgent({ key, name, role, teams: own, joinedAt }: Agent, domain: string): StoryEvent {
  const at = new Date(joinedAt);
  return { kind: 'agent', at, key, name, email: `${key}@${domain}`, role, teams: own, joinedAt: at };
}
