import { Command, InvalidArgumentError } from 'commander';
import { coreVersion, csvEncodings } from '@helpdesk/core';
import { addPluginCommands } from './plugin-commands.js';

/** Where a command leaves its exit code. */
export interface Outcome {
  code: number;
}

type Run = (input: never) => Promise<number | void>;

/** The commands. What each does is loaded only when it runs, so that a start is quick. */
export async function buildProgram(args: readonly string[], outcome: Outcome): Promise<Command> {
  const program = new Command('helpdesk')
    .description('A self-hosted help desk.')
    .version(coreVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(add --help to see how it is used)')
    .exitOverride();
  addRunning(program, outcome);
  addCare(program, outcome);
  addDevelopment(program, outcome);
  addHistory(program, outcome);
  await addPluginCommands(program, { args, outcome });
  return program;
}

function addRunning(program: Command, outcome: Outcome): void {
  serving(program.command('start'))
    .description('Start the desk: pages, mail, and everything that runs in the background.')
    .option('--watch', 'read templates again when they change')
    .action(ending(outcome, async () => (await import('./commands/start.js')).start));
  serving(program.command('dev'))
    .description('Start from the sources, and again whenever one changes. For developers.')
    .action(ending(outcome, async () => (await import('./commands/dev.js')).dev));
  common(program.command('init'))
    .description('Set the desk up: the company and its first owner. Asks for what is not given.')
    .option('--yes', 'ask nothing')
    .option('--owner-email <address>', 'address of the first owner')
    .option('--owner-password <password>', 'at least 8 characters; HELPDESK_OWNER_PASSWORD is safer')
    .option('--owner-name <name>', 'name of the first owner')
    .option('--company <name>', 'name of the company')
    .option('--language <code>', 'ru or en', oneOf('ru', 'en'))
    .option('--time-zone <zone>', 'IANA name, for example Europe/Moscow')
    .action(ending(outcome, async () => (await import('./commands/init.js')).init));
}

function addCare(program: Command, outcome: Outcome): void {
  common(program.command('migrate'))
    .description('Bring the database up to date. "start" does it by itself.')
    .action(ending(outcome, async () => (await import('./commands/migrate.js')).migrate));
  common(program.command('doctor'))
    .description('Check everything that the desk needs, and say what to do about what is wrong.')
    .action(ending(outcome, async () => (await import('./commands/doctor.js')).doctor));
  common(program.command('add-agent'))
    .description('Add somebody to the team.')
    .requiredOption('--email <address>', 'with which they sign in')
    .option('--password <password>', 'at least 8 characters; HELPDESK_AGENT_PASSWORD is safer')
    .option('--role <key>', 'owner, administrator, supervisor, agent, observer or one of your own', 'agent')
    .option('--name <name>', 'as colleagues and customers see it')
    .action(ending(outcome, async () => (await import('./commands/add-agent.js')).addAgentCommand));
  common(program.command('list-plugins'))
    .description('List the installed plugins: on, off or broken.')
    .action(ending(outcome, async () => (await import('./commands/list-plugins.js')).listPlugins));
}

function addDevelopment(program: Command, outcome: Outcome): void {
  common(program.command('check-theme'))
    .description('Name everything in the templates of a theme that will not work.')
    .argument('<dir>', 'folder of the theme')
    .action(
      ending(outcome, async () => (await import('./commands/check-theme.js')).checkThemeCommand, ['dir']),
    );
  common(program.command('new-plugin'))
    .description('Write a small working plugin with a test into plugins/<name>.')
    .argument('<name>', 'lower case letters, digits and dashes')
    .option('--channel', 'a channel with a stand-in of its provider, tried by the kit')
    .action(ending(outcome, async () => (await import('./commands/new-plugin.js')).newPlugin, ['name']));
}

function addHistory(program: Command, outcome: Outcome): void {
  common(program.command('demo'))
    .description('Fill the desk with a year of invented history.')
    .option('--tickets <n>', 'how many tickets', whole(1, 10_000_000), 500)
    .option('--seed <n>', 'the same number tells the same story', whole(0, 2 ** 31 - 1), 1)
    .option('--language <code>', 'ru or en', oneOf('ru', 'en'), 'ru')
    .option('--append', 'also when the desk has tickets already')
    .action(ending(outcome, async () => (await import('./commands/demo.js')).demo));
  common(program.command('import-mail'))
    .description(
      'Take old mail in: an mbox file, an .eml file, or a folder of them. Running it again adds nothing.',
    )
    .argument('<path>', 'file or folder')
    .option('--line <name>', 'the line that the tickets belong to; made when it is not there')
    .action(ending(outcome, async () => (await import('./commands/import-mail.js')).importMail, ['path']));
  addContactFiles(program, outcome);
}

function addContactFiles(program: Command, outcome: Outcome): void {
  common(program.command('import-contacts'))
    .description(
      'Check a CSV file of contacts, and write it with --write. Running it again changes nothing that is the same.',
    )
    .argument('<file>', 'CSV file, at most 50 MB and 200,000 rows')
    .option('--organizations', 'the file lists organizations')
    .option('--write', 'write the rows that nothing is wrong with')
    .option('--overwrite', 'replace what is there; otherwise only empty fields are filled')
    .option(
      '--column <header=field>',
      'what a column means when its header does not say so; empty leaves it out',
      gather,
      [],
    )
    .option(
      '--encoding <name>',
      'utf-8, windows-1251, windows-1252, utf-16le or utf-16be',
      oneOf(...csvEncodings),
    )
    .option('--separator <name>', 'semicolon, comma or tab', oneOf('semicolon', 'comma', 'tab'))
    .option('--problems <file>', 'write the rows that are left out into this CSV file')
    .action(
      ending(outcome, async () => (await import('./commands/import-contacts.js')).importContacts, ['file']),
    );
  common(program.command('export-contacts'))
    .description('Write all contacts, or organizations, as a CSV file that can be imported again.')
    .option('--organizations', 'organizations instead of contacts')
    .option('--query <words>', 'only those that the list finds by these words')
    .option('--output <file>', 'a new file; otherwise the standard output')
    .option('--separator <name>', 'semicolon, comma or tab', oneOf('semicolon', 'comma', 'tab'), 'comma')
    .option('--language <code>', 'of the headers: ru or en', oneOf('ru', 'en'), 'en')
    .action(
      ending(outcome, async () => (await import('./commands/export-contacts.js')).exportContactsCommand),
    );
}

/** What every command takes. */
export function common(command: Command): Command {
  return command
    .option('--config <file>', 'read this file instead of the nearest helpdesk.config.ts')
    .option('--data <dir>', 'folder for everything that the desk keeps')
    .option('--json', 'answer as JSON');
}

function serving(command: Command): Command {
  return common(command)
    .option('--port <number>', 'port to listen on (PORT)', whole(0, 65_535))
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--safe', 'without any plugin but those that pages need')
    .option('--without <ids>', 'leave these plugins out this time, separated by commas', (text: string) =>
      text.split(',').map((id) => id.trim()),
    );
}

function ending(outcome: Outcome, load: () => Promise<Run>, names: readonly string[] = []) {
  return async (...given: unknown[]): Promise<void> => {
    const options = given[names.length] as object;
    const named = Object.fromEntries(names.map((name, i) => [name, given[i]]));
    const run = await load();
    // Commander has read the options as they were declared above.
    outcome.code = (await run({ ...options, ...named } as never)) ?? 0;
  };
}

function whole(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** Takes an option again and again. */
const gather = (text: string, before: readonly string[]): readonly string[] => [...before, text];

function oneOf(...words: readonly string[]) {
  return (text: string): string => {
    if (words.includes(text)) return text;
    throw new InvalidArgumentError(`It must be ${words.join(' or ')}.`);
  };
}
