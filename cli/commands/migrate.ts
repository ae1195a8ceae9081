import type { ConfigOptions } from '../config/load-config.js';
import { withApp } from '../with-app.js';

/** Opening the desk brings its tables up to date, those of its plugins included. */
export async function migrate(options: ConfigOptions & { readonly json?: boolean }): Promise<number> {
  return withApp(options, ({ database }) => {
    const { engine, place } = database;
    const words = options.json
      ? JSON.stringify({ ok: true, engine, place })
      : `The database is up to date: ${engine}, ${place}`;
    process.stdout.write(`${words}\n`);
    return Promise.resolve(0);
  });
}
