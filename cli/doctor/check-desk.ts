import { balanceIntake, isSetUp, listDeadJobs, listDeadLetters, type HostApp } from '@helpdesk/core';
import { fail, ok, warn, type Check } from './check.js';

/** What only the open desk knows: its plugins, its health, and work that was given up. */
export async function checkDesk(app: HostApp): Promise<Check[]> {
  return [
    ok('database', `${app.database.engine}, ${app.database.place}`),
    (await isSetUp(app))
      ? ok('setup', `belongs to ${app.company.name}`)
      : warn(
          'setup',
          'belongs to nobody yet',
          'Run "helpdesk init", or open the address that "helpdesk start" prints.',
        ),
    ...checkPlugins(app),
    ...(await checkHealth(app)),
    ...(await checkWork(app)),
  ];
}

function checkPlugins(app: HostApp): Check[] {
  const broken = app.plugins().filter(({ state }) => state === 'broken');
  if (broken.length === 0) return [ok('plugins', `${app.plugins().length} installed, none broken`)];
  return broken.map(({ id, problem }) =>
    fail(
      `plugin ${id}`,
      problem ?? 'it does not start',
      `Mend it, or start without it: helpdesk start --without ${id}`,
    ),
  );
}

async function checkHealth(app: HostApp): Promise<Check[]> {
  const { checks } = await app.health();
  return checks
    .filter(({ plugin, name }) => plugin !== 'core' || name !== 'database')
    .map(({ plugin, name, ok: isWell, isMinor, detail }) =>
      isWell
        ? ok(`${plugin}: ${name}`, detail || 'well')
        : (isMinor ? warn : fail)(
            `${plugin}: ${name}`,
            detail,
            `See Settings in the browser, or the page of "${plugin}" in docs/run.`,
          ),
    );
}

async function checkWork({ db }: HostApp): Promise<Check[]> {
  const [jobs, letters, { parked }] = await Promise.all([
    listDeadJobs(db),
    listDeadLetters(db),
    balanceIntake(db),
  ]);
  return [
    count('jobs', jobs.length, {
      what: 'jobs were given up',
      fix: 'Look at them under Settings → System and run them again.',
    }),
    count('followers', letters.length, {
      what: 'events could not be followed',
      fix: 'Look at them under Settings → System and run them again.',
    }),
    count('intake', parked, {
      what: 'raw messages wait for people',
      fix: 'Look at them under Settings → Intake.',
    }),
  ];
}

const count = (name: string, n: number, { what, fix }: { what: string; fix: string }): Check =>
  n === 0 ? ok(name, 'nothing was given up') : warn(name, `${n} ${what}`, fix);
