import { Row, parseJson } from '../../database/record.js';
import { readPreferences, type Preferences } from '../preferences.js';

export type Sees = 'all' | 'lines';

/** A person on the team. Leaves core as an `AgentRecord` only, which has no password hash. */
export class Agent extends Row {
  static override tableName = 'agents';

  declare email: string;
  declare name: string;
  declare passwordHash: string | null;
  declare role: string;
  declare language: string | null;
  declare timeZone: string | null;
  declare signature: string;
  declare preferences: string;
  declare sees: Sees;
  declare createdAt: string;
  declare disabledAt: string | null;
  declare lastSeenAt: string | null;
  declare version: number;
}

export interface AgentRecord {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly signature: string;
  readonly preferences: Preferences;
  readonly sees: Sees;
  readonly teamIds: readonly number[];
  readonly lineIds: readonly number[];
  readonly createdAt: string;
  readonly disabledAt: string | null;
  readonly lastSeenAt: string | null;
  /** Has not accepted the invitation yet. */
  readonly isInvited: boolean;
  readonly version: number;
}

// Picked field by field: a column that is added later must not leave core by itself.
export function toAgentRecord(
  agent: Agent,
  links: { teamIds: readonly number[]; lineIds: readonly number[] },
): AgentRecord {
  return {
    id: agent.id,
    email: agent.email,
    name: agent.name,
    role: agent.role,
    language: agent.language,
    timeZone: agent.timeZone,
    signature: agent.signature,
    preferences: readPreferences(parseJson<Record<string, unknown>>(agent.preferences, {})),
    sees: agent.sees,
    teamIds: links.teamIds,
    lineIds: links.lineIds,
    createdAt: agent.createdAt,
    disabledAt: agent.disabledAt,
    lastSeenAt: agent.lastSeenAt,
    isInvited: agent.passwordHash === null,
    version: agent.version,
  };
}
