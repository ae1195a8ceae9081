import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { errors } from '../errors/errors.js';

/** What a plugin's package.json says; the only source of its name and version. */
export interface Manifest {
  /** `@helpdesk/plugin-surveys` or `acme-plugin-surveys` → `surveys`. */
  readonly id: string;
  readonly package: string;
  readonly version: string;
  readonly description: string;
  /** The range of @helpdesk/core it works with. */
  readonly core: string;
  readonly enabledByDefault: boolean;
  /** Where `views/`, `locales/` and `public/` lie. */
  readonly dir: string;
}

const shape = z.object({
  name: z.string().regex(/(^|[/-])plugin-[a-z][a-z0-9-]*$/, 'must end in "plugin-<id>"'),
  version: z.string(),
  description: z.string().default(''),
  peerDependencies: z.object({ '@helpdesk/core': z.string() }),
  helpdesk: z.object({ enabledByDefault: z.boolean().default(false) }).default({ enabledByDefault: false }),
});

/** @throws PLUGIN_INVALID */
export function readManifest(moduleUrl: string): Manifest {
  const dir = findPackage(dirname(fileURLToPath(moduleUrl)));
  const read = shape.safeParse(JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')));
  if (!read.success) {
    const because = read.error.issues
      .map(({ path, message }) => `package.json, ${path.join('.')}: ${message}`)
      .join('; ');
    throw errors.PLUGIN_INVALID({ plugin: dir, because });
  }
  const { name, version, description, peerDependencies, helpdesk } = read.data;
  const id = name.slice(name.lastIndexOf('plugin-') + 'plugin-'.length);
  const { enabledByDefault } = helpdesk;
  return {
    id,
    package: name,
    version,
    description,
    core: peerDependencies['@helpdesk/core'],
    enabledByDefault,
    dir,
  };
}

function findPackage(start: string): string {
  for (let dir = start; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json'))) return dir;
    if (dirname(dir) === dir)
      throw errors.PLUGIN_INVALID({ plugin: start, because: 'no package.json above it' });
  }
}
