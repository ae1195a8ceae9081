import {
  agentNames,
  listAgents,
  listContactRoles,
  listLines,
  listTeams,
  listTicketTypes,
  type DeskContext,
  type HostApp,
} from '@helpdesk/core';
import type { Segments } from '../segments.js';

export interface Choice {
  readonly value: string;
  readonly label: string;
}
export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** What stands for ids and keys in policies and reports, and what can be chosen. */
export interface Names {
  readonly lines: readonly Choice[];
  readonly teams: readonly Choice[];
  readonly types: readonly Choice[];
  readonly priorities: readonly Choice[];
  readonly channels: readonly Choice[];
  readonly segments: readonly Choice[];
  readonly roles: readonly Choice[];
  readonly agents: readonly Choice[];
  /** Those who have left as well. */
  readonly anyAgent: ReadonlyMap<number, string>;
}

export async function readNames(app: HostApp, t: Say, segments: Segments | undefined): Promise<Names> {
  const { db } = app;
  const [lines, teams, types, agents, names, own, roles] = await Promise.all([
    listLines(db, { includeArchived: true }),
    listTeams(db, { includeArchived: true }),
    listTicketTypes(db),
    listAgents(db),
    agentNames(db),
    segments?.list() ?? [],
    listContactRoles(db, { includeArchived: true }),
  ]);
  const choices = (rows: readonly { id: number; name: string }[]) =>
    rows.map(({ id, name }) => ({ value: String(id), label: name }));
  return {
    lines: choices(lines),
    teams: choices(teams),
    types: types.map(({ key, name }) => ({ value: key, label: name })),
    priorities: ['4', '3', '2', '1'].map((value) => ({ value, label: t(`sla.priority.${value}`) })),
    channels: [...app.channels].map(([id, { title }]) => ({ value: id, label: t(title) })),
    segments: own.map(({ id, mark, name }) => ({
      value: String(id),
      label: mark === name ? name : `${mark} · ${name}`,
    })),
    roles: roles.map(({ key, name }) => ({ value: key, label: name ?? t(`core.contactRole.${key}`) })),
    agents: choices(agents),
    anyAgent: new Map([...names].map(([id, { name }]) => [id, name])),
  };
}

export const sayOf =
  (ctx: DeskContext): Say =>
  (key, values) =>
    ctx.t(key, values);
export const labelOf = (choices: readonly Choice[], value: string): string =>
  choices.find((choice) => choice.value === value)?.label ?? value;
