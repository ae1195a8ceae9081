import { Model } from 'objection';

export type TokenKind = 'invite' | 'reset';

/** A link in a mail that lets its holder set a password once. Kept as a hash. */
export class AgentToken extends Model {
  static override tableName = 'agent_tokens';
  static override idColumn = 'hash';

  declare hash: string;
  declare agentId: number;
  declare kind: TokenKind;
  declare createdAt: string;
  declare expiresAt: string;
  declare usedAt: string | null;
}

const HOUR = 3_600_000;
/** How long a link works, in ms. */
export const tokenLife: Readonly<Record<TokenKind, number>> = { invite: 24 * HOUR, reset: HOUR };

/** Whether this can be a token of ours at all: 128 bits as base64url. Nothing shorter ever reaches the database. */
export const isToken = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w-]{22}$/.test(text);
