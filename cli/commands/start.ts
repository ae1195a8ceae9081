import { createApp, createLog, isSetUp, readSetupCode, type Config, type Helpdesk } from '@helpdesk/core';
import { boundYoungHeap } from '../bound-young-heap.js';
import { loadConfig, type ConfigOptions } from '../config/load-config.js';
import { errors } from '../errors.js';

export interface StartOptions extends ConfigOptions {
  readonly watch?: boolean;
  readonly json?: boolean;
}

const DRAIN_MS = 10_000;

/** Runs the desk until a signal ends it. Lines for people go to stdout, logs to stderr. */
export async function start(options: StartOptions): Promise<number> {
  const { config } = await loadConfig(options);
  const log = createLog(config.logLevel, process.stderr);
  const desk = await createApp(config, { log, watch: options.watch ?? false });
  const { url } = await listen(desk, config);
  boundYoungHeap();
  const setup = (await isSetUp(desk.app)) ? null : `${url}/setup?code=${await readSetupCode(desk.app)}`;
  if (options.json) say(JSON.stringify({ url, setup }));
  else sayWelcome(desk, { url, setup });
  return untilStopped(desk);
}

async function listen(desk: Helpdesk, config: Config): Promise<{ url: string }> {
  try {
    return await desk.listen();
  } catch (error) {
    await desk.close().catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    const { host, port } = config;
    if (code === 'EADDRINUSE')
      throw errors.PORT_TAKEN({ host, port, other: port < 65_535 ? port + 1 : 3000 });
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
      throw errors.PORT_REFUSED({ host, port, because: code });
    throw error;
  }
}

function sayWelcome({ app }: Helpdesk, { url, setup }: { url: string; setup: string | null }): void {
  for (const { id, state, problem } of app.plugins())
    if (state === 'broken') say(`The plugin "${id}" was left out: ${problem ?? 'see the log'}`);
  say(`${app.company.name} runs at ${url}`);
  if (setup === null) say('Sign in there with your address and password. Ctrl+C stops it.');
  else say(`Set it up here: ${setup}\nOnly whoever sees this line can. Ctrl+C stops it.`);
}

/** A first signal lets work under way end, at most 10 s; a second one stops at once. */
function untilStopped(desk: Helpdesk): Promise<number> {
  return new Promise((done, failed) => {
    let isStopping = false;
    const stop = () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      say('Stopping…');
      const late = setTimeout(() => process.exit(1), DRAIN_MS);
      desk.close().then(() => {
        clearTimeout(late);
        done(0);
      }, failed);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
