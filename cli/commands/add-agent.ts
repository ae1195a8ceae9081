import { addAgent, isSetUp } from '@helpdesk/core';
import type { ConfigOptions } from '../config/load-config.js';
import { errors } from '../errors.js';
import { actor, withApp } from '../with-app.js';

export interface AddAgentOptions extends ConfigOptions {
  readonly email: string;
  readonly password?: string;
  readonly role: string;
  readonly name?: string;
  readonly json?: boolean;
}

/** @throws NOT_SET_UP, USAGE, INPUT_REFUSED, ROLE_UNKNOWN */
export async function addAgentCommand(options: AddAgentOptions): Promise<number> {
  const { email, role, json } = options;
  const password = options.password ?? process.env['HELPDESK_AGENT_PASSWORD'];
  if (password === undefined) throw errors.USAGE({ because: '--password is needed', command: 'add-agent' });
  const name = options.name ?? email.slice(0, Math.max(email.indexOf('@'), 0));
  return withApp(options, async (app) => {
    if (!(await isSetUp(app))) throw errors.NOT_SET_UP();
    const added = await addAgent(app, { email, password, role, name, company: app.company.name, actor });
    if (!added.ok) throw errors.INPUT_REFUSED({ because: app.t('en', added.because) });
    const { id } = added.agent;
    process.stdout.write(json ? `${JSON.stringify({ id, email, role })}\n` : `${email} can sign in now.\n`);
    return 0;
  });
}
