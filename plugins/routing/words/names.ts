import {
  agentNames,
  listAgents,
  listLines,
  listSavedReplies,
  listStatuses,
  listTeams,
  listTicketTypes,
  type HostApp,
} from '@helpdesk/core';
import { readSegments } from '../segments/segments-of.js';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What stands for ids and keys in rules, and what can be chosen. */
export interface Names {
  readonly agents: readonly Choice[];
  /** Those who have left as well. */
  readonly anyAgent: ReadonlyMap<number, string>;
  readonly teams: readonly Choice[];
  readonly lines: readonly Choice[];
  readonly statuses: readonly (Choice & { readonly category: string })[];
  readonly types: readonly Choice[];
  readonly segments: readonly Choice[];
  readonly channels: readonly Choice[];
  readonly replies: readonly Choice[];
}

export async function readNames(app: HostApp, t: (key: string) => string): Promise<Names> {
  const { db } = app;
  const [agents, names, teams, lines, statuses, types, segments, replies] = await Promise.all([
    listAgents(db),
    agentNames(db),
    listTeams(db, { includeArchived: true }),
    listLines(db, { includeArchived: true }),
    listStatuses(db),
    listTicketTypes(db),
    readSegments(db),
    listSavedReplies(db),
  ]);
  const choices = (rows: readonly { id: number; name: string }[]) =>
    rows.map(({ id, name }) => ({ value: String(id), label: name }));
  return {
    agents: choices(agents),
    anyAgent: new Map([...names].map(([id, { name }]) => [id, name])),
    teams: choices(teams),
    lines: choices(lines),
    statuses: statuses.map(({ key, name, category }) => ({ value: key, label: name, category })),
    types: types.map(({ key, name }) => ({ value: key, label: name })),
    segments: segments.map(({ id, mark, name }) => ({
      value: String(id),
      label: mark === name ? name : `${mark} · ${name}`,
    })),
    channels: [...app.channels].map(([id, { title }]) => ({ value: id, label: t(title) })),
    replies: replies.map(({ id, title }) => ({ value: String(id), label: title })),
  };
}
