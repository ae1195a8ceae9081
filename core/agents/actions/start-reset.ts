import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { normaliseEmail } from '../check-fields.js';
import { issueToken } from '../issue-token.js';
import { signInLimits } from '../limits/sign-in-limits.js';
import { Agent } from '../models/agent.js';
import type { TokenOwner } from '../queries/find-token.js';

export interface StartReset {
  readonly email: string;
  /** The visitor's address, for the limit; '' on the command line. */
  readonly ip: string;
}

/**
 * Makes the token of a link that resets a password within an hour. The mail goes to the stored address in `owner`,
 * never to what was typed, and after the visitor has been answered the same words in any case.
 * @returns null when there is no such account, it is disabled, or there were too many tries; as much work either way
 */
export async function startReset(
  app: App,
  { email, ip }: StartReset,
): Promise<{ token: string; owner: TokenOwner } | null> {
  const address = normaliseEmail(email);
  if (signInLimits(app).takeReset(address, ip, app.now()) > 0) return null;

  return change(app, async (open) => {
    const agent = await Agent.query(open.trx).findOne({ email: address }).whereNull('disabledAt');
    // An unknown address costs the same writes: a token of nobody, over already, gone with the next one.
    const wanted = agent ? { agentId: agent.id } : { agentId: 0, life: 0 };
    const token = await issueToken(open, { kind: 'reset', ...wanted });
    if (!agent) return null;
    const { id: agentId, name, language } = agent;
    return { token, owner: { agentId, email: agent.email, name, language } };
  });
}
