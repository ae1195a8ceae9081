import {
  agentNames,
  listAgents,
  listAllTags,
  listStatuses,
  listTicketTypes,
  type AgentNames,
  type DeskContext,
  type StatusRecord,
  type TagRecord,
  type TicketTypeRecord,
} from '@helpdesk/core';
import { linesOf, teamsOf } from './nav-views.js';
import { remember } from './remember.js';

/** What stands for ids and keys in lists. */
export interface Names {
  readonly agents: AgentNames;
  /** Those who work now, for choosing. */
  readonly people: readonly { readonly id: number; readonly name: string }[];
  readonly lines: ReadonlyMap<number, string>;
  readonly teams: ReadonlyMap<number, string>;
  readonly statuses: readonly StatusRecord[];
  readonly statusNames: ReadonlyMap<string, string>;
  readonly types: readonly TicketTypeRecord[];
  readonly tags: readonly TagRecord[];
}

export function readNames({ app }: Pick<DeskContext, 'app'>): Promise<Names> {
  return remember(app, 'names', async () => {
    const { db } = app;
    const [agents, people, lines, teams, statuses, types, tags] = await Promise.all([
      agentNames(db),
      listAgents(db),
      linesOf(app),
      teamsOf(app),
      listStatuses(db),
      listTicketTypes(db),
      listAllTags(db),
    ]);
    return {
      agents,
      people: people.map(({ id, name }) => ({ id, name })),
      lines: new Map(lines.map(({ id, name }) => [id, name])),
      teams: new Map(teams.map(({ id, name }) => [id, name])),
      statuses,
      statusNames: new Map(statuses.map(({ key, name }) => [key, name])),
      types,
      tags,
    };
  });
}
