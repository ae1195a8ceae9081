import { randomBytes } from 'node:crypto';
import {
  addAccount,
  addAgent,
  changeAccount,
  createLine,
  createTeam,
  disableAgent,
  isSetUp,
  listAgents,
  listLines,
  listTeams,
  setUpCompany,
  type HostApp,
} from '@helpdesk/core';
import { errors } from '../../errors.js';
import { actor } from '../../with-app.js';
import type { AgentEvent, CompanyEvent, LineEvent, StoryEvent } from '../story/events.js';

export interface Entrance {
  readonly id: number;
  readonly channel: string;
  readonly lineId: number;
  readonly address: string;
}

/** The company of the story as the desk knows it: ids by the story's keys. */
export interface Cast {
  readonly password: string;
  readonly teams: ReadonlyMap<string, number>;
  readonly lines: ReadonlyMap<string, Entrance>;
  readonly agents: ReadonlyMap<string, number>;
  /** Brings what the story says of the company and its people into the desk. @returns false for what it is not about */
  play(event: StoryEvent): Promise<boolean>;
}

/** The same desk with its clock at another time. */
export const atTime = (app: HostApp, at: Date): HostApp =>
  Object.create(app, { now: { value: () => at } }) as HostApp;

const roles = { admin: 'administrator', supervisor: 'supervisor', agent: 'agent' } as const;

export function createCast(app: HostApp): Cast {
  const password = randomBytes(9).toString('base64url');
  const teams = new Map<string, number>();
  const lines = new Map<string, Entrance>();
  const agents = new Map<string, number>();
  let company: CompanyEvent | undefined;

  return {
    password,
    teams,
    lines,
    agents,
    async play(event) {
      const then = atTime(app, event.at);
      switch (event.kind) {
        case 'company':
          company = event;
          return true;
        case 'team':
          teams.set(event.key, await findOrMakeTeam(then, nameOf(event.names)));
          return true;
        case 'line':
          lines.set(event.key, await addEntrance(then, event, nameOf(event.names)));
          return true;
        case 'agent':
          agents.set(event.key, await findOrAddAgent(then, event));
          return true;
        case 'agent-left':
          await disableAgent(then, { agentId: agents.get(event.key) ?? 0, actor });
          return true;
        default:
          return false;
      }
    },
  };

  function nameOf(names: Readonly<Record<'ru' | 'en', string>>): string {
    return names[company?.language ?? 'en'];
  }

  async function findOrAddAgent(then: HostApp, event: AgentEvent): Promise<number> {
    const { email, name, role } = event;
    const known = (await listAgents(then.db, { includeDisabled: true })).find(
      (agent) => agent.email === email,
    );
    if (known) return known.id;
    const teamIds = event.teams.flatMap((key) => teams.get(key) ?? []);
    const added = await addAgent(then, { email, name, role: roles[role], password, teamIds, actor });
    if (!added.ok) throw errors.INPUT_REFUSED({ because: then.t('en', added.because) });
    return added.agent.id;
  }
}

/** A desk of nobody's becomes that of the story's company. @returns the owner's address when it was made */
export async function setUpForDemo(
  app: HostApp,
  story: { company: CompanyEvent; owner: AgentEvent; password: string },
): Promise<string | null> {
  if (await isSetUp(app)) return null;
  const { company, owner, password } = story;
  const made = await setUpCompany(atTime(app, company.at), {
    company: company.name,
    language: company.language,
    timeZone: company.timeZone,
    owner: { name: owner.name, email: owner.email, password },
    door: 'cli',
  });
  if (!made.ok) throw errors.INPUT_REFUSED({ because: app.t('en', made.because) });
  return owner.email;
}

async function findOrMakeTeam(app: HostApp, name: string): Promise<number> {
  const known = (await listTeams(app.db)).find((team) => team.name === name);
  if (known) return known.id;
  const made = await createTeam(app, { name, actor });
  if (!made.ok) throw errors.INPUT_REFUSED({ because: app.t('en', made.because) });
  return made.teamId;
}

/** A line, made when it is not there. */
export async function findOrMakeLine(app: HostApp, name: string): Promise<number> {
  const known = (await listLines(app.db)).find((line) => line.name === name);
  if (known) return known.id;
  const made = await createLine(app, { name, actor });
  if (!made.ok) throw errors.INPUT_REFUSED({ because: app.t('en', made.because) });
  return made.lineId;
}

/** A mailbox that is switched off: invented addresses must never be asked for mail. */
async function addEntrance(app: HostApp, { address }: LineEvent, name: string): Promise<Entrance> {
  const lineId = await findOrMakeLine(app, name);
  const id = await addAccount(app, { channel: 'email', lineId, name, address, config: {}, actor });
  await changeAccount(app, { accountId: id, fields: { enabled: false }, actor });
  return { id, channel: 'email', lineId, address };
}
