// Writes the lists in docs/reference from the code: npx tsx -C @helpdesk/source docs/reference/generate.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { companySettings, corePermissions, HELPERS, type SettingFields } from '@helpdesk/core';
import { errors, coreHooks } from '@helpdesk/core';
import { createTexts } from '../../core/i18n/create-texts.js';
import { cliPage } from './cli-page.js';
import { cell, page } from './page.js';
import { slotsPage } from './slots-page.js';

const folder = new URL('.', import.meta.url);
const core = new URL('../../core/', folder);

const texts = createTexts(['en']);
texts.addTexts('core', new URL('i18n', core).pathname);
const say = (key: string) => texts.t('en', key);

/** The pages by file name. */
export async function referencePages(): Promise<Readonly<Record<string, string>>> {
  return {
    'cli.md': await cliPage(),
    'slots.md': slotsPage(),
    'errors.md': errorsPage(),
    'hooks.md': hooksPage(),
    'permissions.md': permissionsPage(),
    'settings.md': settingsPage(),
    'helpers.md': helpersPage(),
  };
}

function errorsPage(): string {
  const entries: [string, { message: string; fix: string; status?: number }][] = Object.entries(
    errors.$table,
  );
  const rows = entries.map(
    ([code, { message, fix, status = 500 }]) =>
      `| \`${code}\` | ${status} | ${cell(message)} | ${cell(fix)} |`,
  );
  return page(
    'Errors',
    'Every error of core: a stable code, the HTTP status, what happened and what to do. What a visitor reads on a page are words of its own for the code, never the message of an error that we did not expect.',
    ['| code | status | what happened | what to do |', '|---|---|---|---|', ...rows],
  );
}

function hooksPage(): string {
  const kinds = Object.entries(coreHooks);
  const shapes = new Map(
    ['database', 'agents', 'contacts', 'tickets', 'channels'].flatMap((name) => [
      ...readShapes(new URL(`${name}/hooks.ts`, core)),
    ]),
  );
  const rows = kinds.map(([name, kind]) => `| \`${name}\` | ${kind} | ${cell(shapes.get(name) ?? '')} |`);
  return page(
    'Hooks',
    'The hooks of core with their payloads. Every payload carries `actor` as well: who did it, and by which door. What the kinds mean: [Hooks and events](../build/hooks-and-events.md).',
    ['| hook | kind | payload |', '|---|---|---|', ...rows],
  );
}

/** The payload types as they stand in the source, on one line. */
function readShapes(file: URL): Map<string, string> {
  const source = readFileSync(file, 'utf8');
  const shapes = new Map<string, string>();
  for (const [, name = '', shape = ''] of source.matchAll(
    /'([\w.]+)': (?:Event|Guard|Filter|Collect)<([\s\S]*?)>;/g,
  ))
    shapes.set(name, `\`${shape.replaceAll(/\s+/g, ' ').trim()}\``);
  return shapes;
}

function permissionsPage(): string {
  const rows = corePermissions.map(({ key, text }) => `| \`${key}\` | ${cell(say(text))} |`);
  return page('Permissions', 'What roles are made of. Plugins add their own.', [
    '| key | lets |',
    '|---|---|',
    ...rows,
  ]);
}

function settingsPage(): string {
  const fields: SettingFields = companySettings;
  const rows = Object.entries(fields).map(
    ([name, field]) =>
      `| \`company.${name}\` | ${field.type} | ${cell(JSON.stringify(field.default))} | ${cell(say(field.label))} |`,
  );
  return page(
    'Settings',
    'What the company sets in the browser (Settings → Company). Plugins have pages of their own. The file and the environment: [Configuration](../run/configuration.md).',
    ['| key | type | default | |', '|---|---|---|---|', ...rows],
  );
}

function helpersPage(): string {
  const rows = HELPERS.map(({ name, usage, says }) => `| \`${name}\` | \`${cell(usage)}\` | ${cell(says)} |`);
  return page('Template helpers', 'The closed list: a template that uses another name does not compile.', [
    '| helper | use | what it prints |',
    '|---|---|---|',
    ...rows,
  ]);
}

if (process.argv[1]?.endsWith('generate.ts'))
  for (const [name, text] of Object.entries(await referencePages()))
    writeFileSync(new URL(name, folder), text);
