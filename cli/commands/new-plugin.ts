import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { coreVersion } from '@helpdesk/core';
import { findConfig } from '../config/find-config.js';
import type { ConfigOptions } from '../config/load-config.js';
import { errors } from '../errors.js';
import { channelFiles } from '../scaffold/channel-files.js';
import { pluginFiles } from '../scaffold/plugin-files.js';

/** Writes a plugin that works as it is, or a channel that passes the kit. @throws USAGE for a name that is none, PLACE_TAKEN */
export async function newPlugin(
  options: ConfigOptions & { readonly name: string; readonly channel?: boolean; readonly json?: boolean },
): Promise<number> {
  const { name } = options;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40)
    throw errors.USAGE({ because: `"${name}" is no name for a plugin`, command: 'new-plugin' });
  const config = findConfig(options.config);
  const root = config === undefined ? process.cwd() : dirname(config);
  const dir = join(root, 'plugins', name);
  if (existsSync(dir)) throw errors.PLACE_TAKEN({ place: dir });
  const write = options.channel ? channelFiles : pluginFiles;
  const files = write({ name, core: `^${coreVersion.split('.')[0]}.0.0` });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content, { flag: 'wx' });
  }
  const isReferenced = await addReference(root, name);
  const folder = relative(process.cwd(), dir);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ dir, files: Object.keys(files) })}\n`
      : nextSteps(folder, { name, isReferenced, isChannel: options.channel === true }),
  );
  return 0;
}

/** In a checkout the plugin is built with the rest. */
async function addReference(root: string, name: string): Promise<boolean> {
  const file = join(root, 'tsconfig.json');
  try {
    const settings = JSON.parse(await readFile(file, 'utf8')) as { references?: { path: string }[] };
    if (settings.references === undefined) return false;
    settings.references.push({ path: `plugins/${name}` });
    const lines = settings.references.map(
      (reference) =>
        `    ${JSON.stringify(reference).replace('{', '{ ').replace('}', ' }').replace(':', ': ')}`,
    );
    await writeFile(file, `{\n  "files": [],\n  "references": [\n${lines.join(',\n')}\n  ]\n}\n`);
    return true;
  } catch {
    return false;
  }
}

function nextSteps(
  folder: string,
  { name, isReferenced, isChannel }: { name: string; isReferenced: boolean; isChannel: boolean },
): string {
  const camel = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const steps = [
    'npm install                      (links the new package)',
    `npx vitest run ${folder}`,
    `in helpdesk.config.ts: import { ${camel} } from '@helpdesk/plugin-${name}'; and add ${camel}() to "plugins"`,
    'npm run dev',
    isChannel
      ? 'switch it on under Settings → Plugins, then connect an account under Settings → Channels'
      : `switch it on under Settings → Plugins, then open /desk/${name}`,
  ];
  if (!isReferenced) steps.unshift(`add { "path": "plugins/${name}" } to "references" in tsconfig.json`);
  return `${folder} is written. Next:\n${steps.map((step, i) => `  ${i + 1}. ${step}`).join('\n')}\n`;
}
