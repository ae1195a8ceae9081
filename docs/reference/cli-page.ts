import { fileURLToPath } from 'node:url';
import { buildProgram } from '../../cli/build-program.js';
import { cell, page } from './page.js';

type Command = Awaited<ReturnType<typeof buildProgram>>;

const config = fileURLToPath(new URL('../../helpdesk.config.ts', import.meta.url));

/** Every command with its arguments and options, those of the shipped plugins included, as `helpdesk` itself knows them. */
export async function cliPage(): Promise<string> {
  const program = await buildProgram([`--config=${config}`], { code: 0 });
  return page(
    'Commands',
    'In a checkout: `npm run helpdesk -- <command> --help`. The exit code is 0, 1 when it failed, 2 when it was called the wrong way; `start` and `dev` run until a signal ends them. Failures are told on stderr, with `--json` as `{ "error": { code, message, fix } }` on stdout. Names with a colon belong to plugins: the config says which there are.',
    program.commands.flatMap((command, i) => [...(i > 0 ? [''] : []), ...section(command)]),
  );
}

function section(command: Command): string[] {
  const args = command.registeredArguments.map((argument) => {
    const name = argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
    return row(name, argument.description, argument.defaultValue);
  });
  const options = command.options.map(({ flags, description, defaultValue, mandatory }) =>
    row(flags, mandatory ? `${description} (must be given)` : description, defaultValue),
  );
  return [
    `## ${command.name()}`,
    '',
    plain(command.description()),
    '',
    '| | | default |',
    '|---|---|---|',
    ...args,
    ...options,
  ];
}

const row = (flags: string, words: string, otherwise: unknown) =>
  `| \`${cell(flags)}\` | ${cell(plain(words))} | ${otherwise === undefined ? '' : `\`${JSON.stringify(otherwise)}\``} |`;

// Outside of code `<name>` would be a tag.
const plain = (words: string) => words.replaceAll('<', '\\<');
