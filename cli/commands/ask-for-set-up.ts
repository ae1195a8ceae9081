import { group, password, select, text } from '@clack/prompts';
import type { InitAnswers, InitOptions } from './init.js';

/** Asks for everything that was not given as an option. Ctrl+C leaves without a change. */
export async function askForSetUp(options: InitOptions, timeZone: string): Promise<InitAnswers> {
  const needed = (value: string | undefined) => (value?.trim() ? undefined : 'This is needed.');
  const ask = (message: string, known: string | undefined, initialValue = '') =>
    known === undefined ? text({ message, initialValue, validate: needed }) : Promise.resolve(known);
  const answers = await group(
    {
      company: () => ask('Name of the company', options.company),
      language: () =>
        options.language === undefined
          ? select<'ru' | 'en'>({
              message: 'Language',
              options: [
                { value: 'en', label: 'English' },
                { value: 'ru', label: 'Русский' },
              ],
            })
          : Promise.resolve(options.language),
      timeZone: () => ask('Time zone', options.timeZone, timeZone),
      name: () => ask('Your name', options.ownerName),
      email: () => ask('Your address', options.ownerEmail),
      password: () =>
        options.ownerPassword === undefined
          ? password({ message: 'Your password, at least 8 characters', validate: needed })
          : Promise.resolve(options.ownerPassword),
    },
    { onCancel: () => process.exit(1) },
  );
  return answers;
}
