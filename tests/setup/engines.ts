export type Engine = 'sqlite' | 'postgres';

/**
 * The databases every behaviour is tried on: `describe.each(engines)('tickets on %s', (engine) => …)`.
 * Only SQLite when there is no PostgreSQL; the setup has said so then.
 */
export const engines: Engine[] =
  process.env['HELPDESK_TEST_POSTGRES'] === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

/** The superuser's URL of the run's PostgreSQL; throws when there is none. Make a database of your own in it. */
export function postgresUrl(): string {
  const url = process.env['HELPDESK_TEST_POSTGRES'];
  if (url === undefined) throw new Error('this test needs PostgreSQL (apt-get install postgresql)');
  return url;
}
