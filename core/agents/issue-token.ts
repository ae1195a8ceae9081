import type { Change } from '../database/change.js';
import { newToken } from '../database/keys.js';
import { AgentToken, tokenLife, type TokenKind } from './models/agent-token.js';

/** Makes a link's token; only its hash stays. Clears away those that are over. */
export async function issueToken(
  { trx, at }: Pick<Change, 'trx' | 'at'>,
  { agentId, kind, life = tokenLife[kind] }: { agentId: number; kind: TokenKind; life?: number },
): Promise<string> {
  const { token, hash } = newToken();
  const expiresAt = new Date(Date.parse(at) + life).toISOString();
  await AgentToken.query(trx).delete().where('expiresAt', '<=', at);
  await AgentToken.query(trx).insert({ hash, agentId, kind, createdAt: at, expiresAt, usedAt: null });
  return token;
}

/** Takes a token out of use. @returns whose it was, or undefined when somebody was quicker or it is over */
export async function useToken(
  { trx, at }: Pick<Change, 'trx' | 'at'>,
  { hash, kind }: { hash: string; kind: TokenKind },
): Promise<number | undefined> {
  const count = await AgentToken.query(trx)
    .patch({ usedAt: at })
    .where({ hash, kind })
    .whereNull('usedAt')
    .where('expiresAt', '>', at);
  if (count !== 1) return undefined;
  const used = await AgentToken.query(trx).findById(hash);
  return used?.agentId;
}
