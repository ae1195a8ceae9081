import {
  addAgent,
  addMembership,
  createContact,
  createLine,
  createOrganization,
  createTeam,
  renameLine,
  setLineAudience,
} from '@helpdesk/core';
import { emptyPolicy } from '../../plugins/sla/pages/policy-form.js';
import { currentRules } from '../../plugins/sla/rules/list-rules.js';
import { saveRules } from '../../plugins/sla/rules/save-rules.js';
import { setManager } from '../../plugins/routing/assign/set-manager.js';
import { switchRule } from '../../plugins/routing/rules/change-rule.js';
import type { Definition } from '../../plugins/routing/rules/definition.js';
import { saveRule } from '../../plugins/routing/rules/save-rule.js';
import type { WholeDesk } from './whole-desk.js';

const actor = { kind: 'system', id: 'test' } as const;
const HOME = 'home@desk.example';

export const words = {
  en: {
    lines: { work: 'Sales to companies', home: 'Private customers' },
    teams: { centre: 'Contact centre', vip: 'VIP desk', newcomers: 'Newcomers' },
    rules: {
      home: 'Private people to the contact centre',
      manager: 'A to their own manager',
      segment: 'VIP and C to the team of their segment',
      unknown: 'Unknown ones to the newcomers',
    },
    promises: { a: 'Companies of segment A', all: 'Everybody' },
    manager: 'Maria Manager',
    firm: 'Firm of heating',
  },
  ru: {
    lines: { work: 'Продажи компаниям', home: 'Частные клиенты' },
    teams: { centre: 'Контакт-центр', vip: 'VIP-группа', newcomers: 'Новички' },
    rules: {
      home: 'Частные лица — в контакт-центр',
      manager: 'A — персональному менеджеру',
      segment: 'VIP и C — группе своего сегмента',
      unknown: 'Неизвестные — новичкам',
    },
    promises: { a: 'Компании сегмента A', all: 'Все' },
    manager: 'Мария Менеджер',
    firm: 'Фирма тепла',
  },
};

/** Who writes, and where to. */
export const writers = {
  anna: { from: { name: 'Anna', address: 'anna@firm.example' } },
  clara: { from: { name: 'Clara', address: 'clara@post.example' } },
  vera: { from: { name: 'Vera', address: 'vera@post.example' } },
  stranger: { from: { name: 'Somebody', address: 'somebody@post.example' } },
  director: { from: { name: 'Dmitry', address: 'dmitry@post.example' }, to: HOME },
} as const;

export interface ServedCompany {
  readonly firmId: number;
  readonly contacts: Readonly<Record<'anna' | 'boris' | 'clara' | 'vera' | 'director', number>>;
  readonly teams: Readonly<Record<'centre' | 'vip' | 'newcomers', number>>;
  readonly segments: ReadonlyMap<string, number>;
}

/**
 * What an owner sets up before the first letter: two lines, three teams, customers with their roles, a manager, rules but
 * the one for unknown writers, norms. Which team works for a segment and who is in it is left to the browser.
 */
export async function setUpCompany(whole: WholeDesk, language: 'en' | 'ru'): Promise<ServedCompany> {
  const { app } = whole.desk;
  const say = words[language];
  await renameLine(app, { lineId: 1, name: say.lines.work, actor });
  await setLineAudience(app, { lineId: 1, audience: 'organizations', actor });
  const { lineId } = sure(await createLine(app, { name: say.lines.home, actor }));
  await setLineAudience(app, { lineId, audience: 'people', actor });
  await whole.addMailbox({ address: HOME, name: say.lines.home, lineId });

  const teamOf = async (name: string) => sure(await createTeam(app, { name, actor })).teamId;
  const teams = {
    centre: await teamOf(say.teams.centre),
    vip: await teamOf(say.teams.vip),
    newcomers: await teamOf(say.teams.newcomers),
  };
  const rows: { id: number; mark: string }[] = await app.db('routing_segments').select('id', 'mark');
  const segments = new Map(rows.map(({ id, mark }) => [mark, id]));

  const firmId = await createOrganization(app, { name: say.firm, actor });
  const person = (name: string, value: string) =>
    createContact(app, { name, identities: [{ kind: 'email', value }], actor });
  const contacts = {
    anna: await person('Anna', writers.anna.from.address),
    boris: await person('Boris', 'boris@firm.example'),
    clara: await person('Clara', writers.clara.from.address),
    vera: await person('Vera', writers.vera.from.address),
    director: await person('Dmitry', writers.director.from.address),
  };
  for (const [contactId, role] of [
    [contacts.anna, 'employee'],
    [contacts.boris, 'decision_maker'],
    [contacts.director, 'director'],
  ] as const)
    await addMembership(app, { contactId, organizationId: firmId, role, actor });
  await addMembership(app, { contactId: contacts.director, organizationId: null, role: 'private', actor });

  const email = 'maria@desk.example';
  const maria = { email, name: say.manager, role: 'agent', password: 'correct horse battery' };
  const { agent } = sure(await addAgent(app, { ...maria, actor }));
  await setManager(app, { organizationId: firmId, agentId: agent.id, actor });
  await setRules(whole, language, { segments, centre: teams.centre });
  await setNorms(whole, language, Number(segments.get('A')));
  await whole.desk.drain();
  return { firmId, contacts, teams, segments };
}

async function setRules(
  { desk: { app } }: WholeDesk,
  language: 'en' | 'ru',
  { segments, centre }: { segments: ReadonlyMap<string, number>; centre: number },
): Promise<void> {
  const say = words[language].rules;
  const rule = async (
    name: string,
    given: Pick<Definition, 'actions'> & { field: string; values: string[] },
  ) => {
    const { field, values, actions } = given;
    const conditions = [{ field, op: 'in' as const, values }];
    const definition: Definition = {
      name,
      triggers: [{ on: 'opened' }, { on: 'hatChanged' }],
      conditions: { match: 'all', groups: [{ match: 'all', conditions }] },
      actions,
      stop: true,
    };
    const { ruleId } = await saveRule(app, { definition, actor });
    await switchRule(app, { ruleId, isOn: true, actor });
  };
  const inSegments = (...marks: string[]) => ({
    field: 'contact.segment',
    values: marks.map((mark) => String(segments.get(mark))),
  });
  await rule(say.home, {
    field: 'hat.kind',
    values: ['private'],
    actions: [
      { kind: 'team', teamId: centre },
      { kind: 'agent', agentId: null },
    ],
  });
  await rule(say.manager, {
    ...inSegments('A'),
    actions: [
      { kind: 'team', teamId: null },
      { kind: 'assign', strategy: 'manager', teamId: null },
    ],
  });
  await rule(say.segment, { ...inSegments('VIP', 'C'), actions: [{ kind: 'team', teamId: 'segment' }] });
}

/** First answers around the clock: within an hour for segment A, within eight for others. */
async function setNorms(
  { desk: { app } }: WholeDesk,
  language: 'en' | 'ru',
  segmentA: number,
): Promise<void> {
  const say = words[language].promises;
  const policy = (id: number, name: string, given: { hours: number; segments: number[] }) => {
    const norms = { first: given.hours * 60, next: null, solve: null };
    const empty = emptyPolicy(id);
    const conditions = { ...empty.conditions, segments: given.segments };
    return { ...empty, name, conditions, norms: { 1: norms, 2: norms, 3: norms, 4: norms } };
  };
  const policies = [
    policy(1, say.a, { hours: 1, segments: [segmentA] }),
    policy(2, say.all, { hours: 8, segments: [] }),
  ];
  const { version } = await currentRules(app.db);
  const rules = { policies, calendars: [] };
  await saveRules(app, { rules, applies: 'now', expectedVersion: version, actor, after: async () => {} });
}

function sure<T extends { ok: boolean }>(outcome: T): Extract<T, { ok: true }> {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome as Extract<T, { ok: true }>;
}
