import { isSetUp, setUpCompany, type HostApp } from '@helpdesk/core';
import type { ConfigOptions } from '../config/load-config.js';
import { errors } from '../errors.js';
import { withApp } from '../with-app.js';

export interface InitOptions extends ConfigOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly ownerEmail?: string;
  readonly ownerPassword?: string;
  readonly ownerName?: string;
  readonly company?: string;
  readonly language?: 'ru' | 'en';
  readonly timeZone?: string;
}

export interface InitAnswers {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly company: string;
  readonly language: 'ru' | 'en';
  readonly timeZone: string;
}

/** Makes the desk a company's. @throws ALREADY_SET_UP, USAGE, INPUT_REFUSED */
export async function init(options: InitOptions): Promise<number> {
  return withApp(options, async (app) => {
    if (await isSetUp(app)) throw errors.ALREADY_SET_UP();
    const answers = options.yes || !process.stdin.isTTY ? given(options) : await ask(options);
    await setUp(app, answers);
    const { email: owner } = answers;
    const words = options.json
      ? JSON.stringify({ owner, company: answers.company })
      : `${answers.company} is set up. Sign in as ${owner} after "helpdesk start".`;
    process.stdout.write(`${words}\n`);
    return 0;
  });
}

async function setUp(app: HostApp, { email, password, name, ...company }: InitAnswers): Promise<void> {
  const made = await setUpCompany(app, { ...company, owner: { email, password, name }, door: 'cli' });
  if (!made.ok) throw errors.INPUT_REFUSED({ because: app.t('en', made.because) });
}

function given(options: InitOptions): InitAnswers {
  const { ownerEmail: email, ownerName, company = 'Helpdesk', language = 'en', timeZone } = options;
  const password = options.ownerPassword ?? process.env['HELPDESK_OWNER_PASSWORD'];
  if (email === undefined || password === undefined)
    throw errors.USAGE({
      because: 'Without questions, --owner-email and --owner-password are needed',
      command: 'init',
    });
  const name = ownerName ?? email.slice(0, email.indexOf('@'));
  return { email, password, name, company, language, timeZone: checkZone(timeZone ?? localZone()) };
}

async function ask(options: InitOptions): Promise<InitAnswers> {
  const { askForSetUp } = await import('./ask-for-set-up.js');
  const answers = await askForSetUp(options, localZone());
  return { ...answers, timeZone: checkZone(answers.timeZone) };
}

const localZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

function checkZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone && timeZone;
  } catch {
    throw errors.INPUT_REFUSED({ because: `"${timeZone}" is no time zone; write it like "Europe/Moscow"` });
  }
}
