import type { Knex } from 'knex';
import { hashToken } from '../../database/keys.js';
import { Agent } from '../models/agent.js';
import { AgentToken, isToken, type TokenKind } from '../models/agent-token.js';

/** Whose link this is, for the page that asks for the new password. */
export interface TokenOwner {
  readonly agentId: number;
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
}

/** @returns null when the link is unknown, used, too old, or its account is disabled */
export async function findToken(
  db: Knex,
  { token, kind, now }: { token: string; kind: TokenKind; now: Date },
): Promise<TokenOwner | null> {
  if (!isToken(token)) return null;
  const found = await AgentToken.query(db)
    .where({ hash: hashToken(token), kind })
    .whereNull('usedAt')
    .where('expiresAt', '>', now.toISOString())
    .first();
  const agent = found && (await Agent.query(db).findById(found.agentId).whereNull('disabledAt'));
  return agent ? { agentId: agent.id, email: agent.email, name: agent.name, language: agent.language } : null;
}
