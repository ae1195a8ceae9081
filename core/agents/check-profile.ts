import { parseJson } from '../database/record.js';
import { cleanName, isEmail, isLanguage, isTimeZone, normaliseEmail } from './check-fields.js';
import type { Agent, Sees } from './models/agent.js';
import { refused, type Outcome, type Refused } from './outcome.js';
import { patchPreferences, readPreferences, type PreferencesPatch } from './preferences.js';

/** What people may change of themselves. `null` means the desk's own language or time zone. */
export interface Profile {
  readonly name?: string;
  readonly language?: string | null;
  readonly timeZone?: string | null;
  readonly signature?: string;
  readonly preferences?: PreferencesPatch;
}

/** What only somebody who manages accounts may change. */
export interface Placement {
  readonly email?: string;
  readonly role?: string;
  readonly sees?: Sees;
  readonly teamIds?: readonly number[];
  readonly lineIds?: readonly number[];
}

export type AgentColumns = Partial<
  Pick<Agent, 'name' | 'language' | 'timeZone' | 'signature' | 'preferences' | 'email' | 'role' | 'sees'>
>;

const MOST_SIGNATURE = 5000;

/** Checks the fields that are given. @returns the columns that would really change */
export function checkColumns(agent: Agent, wanted: Profile & Placement): Outcome<{ columns: AgentColumns }> {
  const next: AgentColumns = {
    ...(wanted.name !== undefined && { name: cleanName(wanted.name) }),
    ...(wanted.language !== undefined && { language: wanted.language }),
    ...(wanted.timeZone !== undefined && { timeZone: wanted.timeZone }),
    ...(wanted.signature !== undefined && { signature: wanted.signature.replaceAll('\u0000', '').trim() }),
    ...(wanted.email !== undefined && { email: normaliseEmail(wanted.email) }),
    ...(wanted.role !== undefined && { role: wanted.role }),
    ...(wanted.sees !== undefined && { sees: wanted.sees }),
  };
  const bad = refuseColumns(next);
  if (bad) return bad;
  if (wanted.preferences !== undefined) {
    const old = readPreferences(parseJson<Record<string, unknown>>(agent.preferences, {}));
    const patched = patchPreferences(old, wanted.preferences);
    if (!patched) return refused('core.preference.unknown', 'preferences');
    next.preferences = JSON.stringify(patched);
  }
  return { ok: true, columns: onlyChanged(agent, next) };
}

function refuseColumns({
  name,
  language,
  timeZone,
  signature = '',
  email,
  sees = 'all',
}: AgentColumns): Refused | undefined {
  if (name === '') return refused('core.name.invalid', 'name');
  if (email !== undefined && !isEmail(email)) return refused('core.email.invalid', 'email');
  if (language && !isLanguage(language)) return refused('core.language.unknown', 'language');
  if (timeZone && !isTimeZone(timeZone)) return refused('core.timeZone.unknown', 'timeZone');
  if (signature.length > MOST_SIGNATURE) return refused('core.signature.tooLong', 'signature');
  return ['all', 'lines'].includes(sees) ? undefined : refused('core.line.unknown', 'sees');
}

function onlyChanged(agent: Agent, next: AgentColumns): AgentColumns {
  const now: Readonly<Record<string, unknown>> = agent.toJSON();
  return Object.fromEntries(Object.entries(next).filter(([column, value]) => now[column] !== value));
}
