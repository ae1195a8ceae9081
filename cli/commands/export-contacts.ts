import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportContacts, exportOrganizations, isSetUp, type ExportTable } from '@helpdesk/core';
import type { ConfigOptions } from '../config/load-config.js';
import { separatorOf, type SeparatorName } from '../contacts/separator-of.js';
import { errors } from '../errors.js';
import { actor, withApp } from '../with-app.js';

export interface ExportContactsOptions extends ConfigOptions {
  readonly organizations?: boolean;
  readonly query?: string;
  readonly output?: string;
  readonly separator: SeparatorName;
  readonly language: 'ru' | 'en';
}

/** Writes contacts or organizations as CSV; a file that is there stays. @throws NOT_SET_UP, PLACE_TAKEN */
export async function exportContactsCommand(options: ExportContactsOptions): Promise<number> {
  const { organizations, query, output, separator, language } = options;
  return withApp(options, async (app) => {
    if (!(await isSetUp(app))) throw errors.NOT_SET_UP();
    const table: ExportTable = {
      separator: separatorOf(separator),
      words: (key) => app.t(language, key),
      ...(query ? { query } : {}),
      actor,
    };
    const pieces = organizations ? exportOrganizations(app, table) : exportContacts(app, table);
    await (output === undefined ? print(pieces) : writeNew(pieces, output));
    return 0;
  });
}

// The standard output stays open: what ends it is the end of the program.
const print = (pieces: AsyncIterable<string>) =>
  pipeline(Readable.from(pieces), process.stdout, { end: false });

async function writeNew(pieces: AsyncIterable<string>, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? errors.PLACE_TAKEN({ place: path }) : error;
  });
  await pipeline(Readable.from(pieces), file.createWriteStream());
}
