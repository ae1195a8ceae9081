import {
  PRIVATE_ROLE,
  archiveContactRole,
  archiveLine,
  archiveTeam,
  createContactRole,
  createLine,
  createTeam,
  letRoleSee,
  lineAudiences,
  listContactRoles,
  listLines,
  listStatuses,
  listTeams,
  listTicketTypes,
  renameContactRole,
  renameLine,
  renameStatus,
  renameTeam,
  renameType,
  setLineAudience,
  ticked,
  type CorePermission,
  type DeskContext,
  type Outcome,
} from '@helpdesk/core';
import { z } from 'zod';
import { roleName } from '../../contacts/role-names.js';
import { pathId } from '../path-id.js';

interface Named {
  key: string;
  name: string;
  isArchived?: boolean;
  /** False: a built-in one, which is always there. */
  canArchive?: boolean;
  /** Of the list's choices. */
  chosen?: string;
}
/** Something else to say of each row, chosen from a list. */
export interface Choice {
  /** Text keys by value. */
  readonly options: Readonly<Record<string, string>>;
  /** Text key. */
  readonly label: string;
  save(ctx: DeskContext, key: string, value: string): Promise<void>;
}
export interface List {
  /** Of the texts, and of the path. */
  readonly id: string;
  list(ctx: DeskContext): Promise<readonly Named[]>;
  rename(ctx: DeskContext, key: string, name: string): Promise<Outcome>;
  create?(ctx: DeskContext, name: string): Promise<Outcome>;
  archive?(ctx: DeskContext, isArchived: boolean, key: string): Promise<void>;
  /** Text key of a tick beside the name of a new one; it is sent as `tick`. */
  readonly tick?: string;
  readonly choice?: Choice;
}
export interface Page {
  readonly id: string;
  readonly permission: CorePermission;
  readonly lists: readonly List[];
}

const byId = (rows: readonly { id: number; name: string; isArchived: boolean }[]): Named[] =>
  rows.map(({ id, name, isArchived }) => ({ key: String(id), name, isArchived }));

/** Every page of names with its lists. */
export const pages: readonly Page[] = [
  {
    id: 'teams',
    permission: 'agents.manage',
    lists: [
      {
        id: 'teams',
        list: async ({ db }) => byId(await listTeams(db, { includeArchived: true })),
        create: ({ app, actor }, name) => createTeam(app, { name, actor }),
        rename: (ctx, _, name) => renameTeam(ctx.app, { teamId: pathId(ctx, 'key'), name, actor: ctx.actor }),
        archive: (ctx, isArchived) =>
          archiveTeam(ctx.app, { teamId: pathId(ctx, 'key'), isArchived, actor: ctx.actor }),
      },
    ],
  },
  {
    id: 'lines',
    permission: 'settings.manage',
    lists: [
      {
        id: 'lines',
        list: async ({ db }) => listLineRows(db),
        choice: {
          label: 'desk.admin.names.audience',
          options: {
            anybody: 'desk.admin.names.audienceAnybody',
            organizations: 'desk.admin.names.audienceOrganizations',
            people: 'desk.admin.names.audiencePeople',
          },
          save: async (ctx, _, value) => {
            const audience = lineAudiences.find((known) => known === value) ?? null;
            await setLineAudience(ctx.app, { lineId: pathId(ctx, 'key'), audience, actor: ctx.actor });
          },
        },
        create: ({ app, actor }, name) => createLine(app, { name, actor }),
        rename: (ctx, _, name) => renameLine(ctx.app, { lineId: pathId(ctx, 'key'), name, actor: ctx.actor }),
        archive: (ctx, isArchived) =>
          archiveLine(ctx.app, { lineId: pathId(ctx, 'key'), isArchived, actor: ctx.actor }),
      },
    ],
  },
  {
    id: 'names',
    permission: 'settings.manage',
    lists: [
      {
        id: 'statuses',
        list: ({ db }) => listStatuses(db),
        rename: ({ app, actor }, key, name) => renameStatus(app, { key, name, actor }),
      },
      {
        id: 'types',
        list: async ({ db }) => listTicketTypes(db),
        rename: ({ app, actor }, key, name) => renameType(app, { key, name, actor }),
      },
      {
        id: 'contactRoles',
        list: listRoleRows,
        tick: 'desk.admin.names.directs',
        choice: {
          label: 'desk.admin.names.sees',
          options: {
            own: 'desk.admin.names.seesOwn',
            organization: 'desk.admin.names.seesOrganization',
            answers: 'desk.admin.names.answersOrganization',
          },
          save: ({ app, actor }, key, value) =>
            letRoleSee(app, {
              key,
              seesOrganization: value !== 'own',
              answersOrganization: value === 'answers',
              actor,
            }),
        },
        create: async (ctx, name) => {
          const { tick } = await ctx.form(z.object({ tick: ticked() }));
          return createContactRole(ctx.app, { name, directs: tick, actor: ctx.actor });
        },
        rename: ({ app, actor }, key, name) => renameContactRole(app, { key, name, actor }),
        archive: ({ app, actor }, isArchived, key) => archiveContactRole(app, { key, isArchived, actor }),
      },
    ],
  },
];

async function listLineRows(db: DeskContext['db']): Promise<Named[]> {
  const lines = await listLines(db, { includeArchived: true });
  return byId(lines).map((row, i) => ({ ...row, chosen: lines[i]?.audience ?? 'anybody' }));
}

async function listRoleRows(ctx: DeskContext): Promise<Named[]> {
  const roles = await listContactRoles(ctx.db, { includeArchived: true });
  return roles.map(({ key, isArchived, isBuiltin, seesOrganization, answersOrganization }) => ({
    key,
    name: roleName(ctx, roles, key),
    isArchived,
    canArchive: !isBuiltin,
    // A private person has no organization to read for.
    ...(key === PRIVATE_ROLE
      ? {}
      : { chosen: answersOrganization ? 'answers' : seesOrganization ? 'organization' : 'own' }),
  }));
}
