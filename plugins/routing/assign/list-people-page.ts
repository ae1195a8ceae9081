import { formatDate, initialsOf, listTeams, type DeskContext } from '@helpdesk/core';
import { readAssignSettings, weightsOf } from './assign-settings.js';
import { listPeople, type Person } from './list-people.js';
import { measureLoad } from './measure-load.js';
import { isInShift } from './shifts.js';

/** Everybody, with what lies on their desk and whether they are there. */
export async function listPeoplePage(ctx: DeskContext): Promise<void> {
  const [people, teams] = await Promise.all([listPeople(ctx.app), listTeams(ctx.db)]);
  const loads = await measureLoad(ctx.db, {
    agentIds: people.map(({ agentId }) => agentId),
    weights: weightsOf(readAssignSettings(ctx.app)),
    at: ctx.now,
  });
  const names = new Map(people.map(({ agentId, name }) => [agentId, name]));
  const rows = people.map((person) => ({
    ...presentPerson(ctx, person),
    load: sayLoad(ctx, loads.get(person.agentId) ?? 0, person.loadLimit),
    teams: teams.filter(({ id }) => person.teamIds.includes(id)).map(({ name }) => name).join(', '), // prettier-ignore
    deputy: person.deputyId === null ? '' : (names.get(person.deputyId) ?? ''),
  }));
  await ctx.render('routing/tiers/people', { rows });
}

function presentPerson({ t, agent, now, language }: DeskContext, person: Person) {
  const { agentId, name, skills, away, shifts, timeZone } = person;
  const style = { language, timeZone: 'UTC', now: now.toISOString() };
  const until = away?.until && formatDate(`${away.until}T12:00:00Z`, style);
  const state = away ? 'away' : isInShift(shifts, { at: now, timeZone }) ? 'working' : 'off';
  const words = `routing.assign.state.${state}${until ? '.until' : ''}`;
  return {
    href: `/desk/routing/people/${agentId}`,
    name,
    person: { name, initials: initialsOf(name), me: agentId === agent.id },
    skills: [...skills.values()].map((text) => ({ text })),
    state: { text: t(words, { until }), tone: away ? 'warn' : state === 'working' ? 'ok' : 'line' },
    isReader: !person.canAnswer,
  };
}

const sayLoad = ({ t }: DeskContext, open: number, limit: number | null) =>
  limit === null ? String(open) : t('routing.assign.loadOf', { open, limit });
