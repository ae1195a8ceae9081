import {
  agentNames,
  listContactRoles,
  listLines,
  listTeams,
  listTicketTypes,
  type HostApp,
} from '@helpdesk/core';
import type { Segments } from '../segments.js';

export interface Choice {
  readonly value: string;
  readonly label: string;
}
/** The company's own names, for forms, reports and tables. */
export interface Names {
  /** What can be chosen now. */
  readonly lines: readonly Choice[];
  readonly types: readonly Choice[];
  readonly segments: readonly Choice[];
  /** Everything that ever was, by kind of group. */
  readonly of: Readonly<Record<'line' | 'team' | 'agent' | 'segment' | 'hat', ReadonlyMap<string, string>>>;
}

type Say = (key: string) => string;

export async function readNames(
  app: HostApp,
  { segments, t }: { segments: Segments | undefined; t: Say },
): Promise<Names> {
  const [lines, teams, agents, types, roles, known] = await Promise.all([
    listLines(app.db, { includeArchived: true }),
    listTeams(app.db, { includeArchived: true }),
    agentNames(app.db),
    listTicketTypes(app.db),
    listContactRoles(app.db, { includeArchived: true }),
    segments?.list() ?? [],
  ]);
  const named = (rows: readonly { id: number; name: string }[]) =>
    rows.map(({ id, name }) => ({ value: String(id), label: name }));
  const byValue = (choices: readonly Choice[]) => new Map(choices.map(({ value, label }) => [value, label]));
  const roleNames = roles.map(({ key, name }) => ({
    value: key,
    label: name ?? t(`core.contactRole.${key}`),
  }));
  const people = [...agents].map(([id, { name }]) => ({ value: String(id), label: name }));
  return {
    lines: named(lines.filter(({ isArchived }) => !isArchived)),
    types: types.map(({ key, name }) => ({ value: key, label: name })),
    segments: named(known),
    of: {
      line: byValue(named(lines)),
      team: byValue(named(teams)),
      agent: byValue(people),
      segment: byValue(named(known)),
      hat: byValue(roleNames),
    },
  };
}
