import type { Change } from '../database/change.js';
import { cleanName, isEmail, isLanguage, isTimeZone, normaliseEmail } from './check-fields.js';
import { refuseLinks, writeLinks, type AgentLinks } from './links.js';
import { findRole } from './manage.js';
import type { Sees } from './models/agent.js';
import { refused, type Outcome } from './outcome.js';

export interface NewAgent extends AgentLinks {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly language?: string | null;
  readonly timeZone?: string | null;
  readonly sees?: Sees;
}

/**
 * Checks and writes a new account with its teams and lines; refuses before the first write.
 * Says nothing to the log: the action does.
 */
export async function insertAgent(
  { trx, at }: Pick<Change, 'trx' | 'at'>,
  wanted: NewAgent,
  passwordHash: string | null,
): Promise<Outcome<{ agentId: number }>> {
  const email = normaliseEmail(wanted.email);
  const name = cleanName(wanted.name);
  if (!isEmail(email)) return refused('core.email.invalid', 'email');
  if (name === '') return refused('core.name.invalid', 'name');
  const { language = null, timeZone = null, sees = 'all' } = wanted;
  if (language !== null && !isLanguage(language)) return refused('core.language.unknown', 'language');
  if (timeZone !== null && !isTimeZone(timeZone)) return refused('core.timeZone.unknown', 'timeZone');
  const unknown = await refuseLinks(trx, wanted);
  if (unknown) return unknown;
  const { key: role } = await findRole(trx, wanted.role);
  const row = { email, name, role, passwordHash, language, timeZone, sees, createdAt: at };
  // Two at once with one address: the second gets no row rather than an error that ends the transaction.
  const inserted: { id: number }[] = await trx('agents')
    .insert(row)
    .onConflict('email')
    .ignore()
    .returning('id');
  const agentId = inserted[0]?.id;
  if (agentId === undefined) return refused('core.agent.exists', 'email');
  await writeLinks(trx, agentId, wanted);
  return { ok: true, agentId };
}
