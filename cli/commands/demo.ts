import { startHistoryImport, type HistoryEvent, type HostApp } from '@helpdesk/core';
import type { ConfigOptions } from '../config/load-config.js';
import type { AgentEvent, CompanyEvent, StoryEvent, StoryOptions } from '../demo/story/events.js';
import { tellStory } from '../demo/story/tell-story.js';
import { actByTheClock } from '../demo/tell/act-by-the-clock.js';
import { createCast, setUpForDemo, type Cast } from '../demo/tell/cast.js';
import { createFileKeeper } from '../demo/tell/keep-file.js';
import { createTranslator } from '../demo/tell/to-history.js';
import { errors } from '../errors.js';
import { withApp } from '../with-app.js';

export interface DemoOptions extends ConfigOptions {
  readonly tickets: number;
  readonly seed: number;
  readonly language: 'ru' | 'en';
  readonly append?: boolean;
  readonly json?: boolean;
}

/** Fills a desk with a year of history. @throws DESK_NOT_EMPTY */
export async function demo(options: DemoOptions): Promise<number> {
  return withApp(options, async (app) => {
    const known: unknown = await app.db('tickets').first('id');
    if (known && !options.append) throw errors.DESK_NOT_EMPTY();
    const { tickets, seed, language } = options;
    const timeZone = language === 'ru' ? 'Europe/Moscow' : 'Europe/London';
    const story: StoryOptions = { tickets, seed, language, timeZone, end: app.now() };
    const cast = createCast(app);
    const owner = await beginCompany(app, story, cast);
    const begunAt = performance.now();
    await tell(app, { story, cast });
    const seconds = (performance.now() - begunAt) / 1000;
    report(
      { tickets, seconds, owner, password: cast.password, agents: cast.agents.size },
      options.json ?? false,
    );
    return 0;
  });
}

async function beginCompany(app: HostApp, story: StoryOptions, { password }: Cast): Promise<string | null> {
  let company: CompanyEvent | undefined;
  let owner: AgentEvent | undefined;
  for (const event of tellStory(story)) {
    if (event.kind === 'company') company = event;
    if (event.kind === 'agent' && event.role === 'admin') owner = event;
    if (company && owner) return setUpForDemo(app, { company, owner, password });
  }
  return null;
}

const EVENTS_AT_A_TIME = 4000;

async function tell(app: HostApp, { story, cast }: { story: StoryOptions; cast: Cast }): Promise<void> {
  const { end, tickets } = story;
  const history = startHistoryImport(app);
  const translate = createTranslator({ cast, keep: createFileKeeper(app), end });
  const told = actByTheClock(tellStory(story), { end, closeAfterDays: app.policy.closeAfterDays() });
  let page: HistoryEvent[] = [];
  let done = 0;
  const write = async () => {
    if (page.length > 0) await history.write(page);
    page = [];
    showProgress(done, tickets);
  };
  for (const event of told) {
    const isOfCast = ['company', 'team', 'line', 'agent', 'agent-left'].includes(event.kind);
    if (isOfCast) {
      // What is of the company itself is done by its own actions, between two pages, so that the log stays in order.
      await write();
      await cast.play(event as StoryEvent);
      continue;
    }
    if (event.kind === 'incoming' && event.messageKey.endsWith('-1')) done += 1;
    page.push(...(await translate(event)));
    if (page.length >= EVENTS_AT_A_TIME) await write();
  }
  await write();
  if (process.stderr.isTTY) process.stderr.write('\n');
}

function showProgress(done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} tickets`);
}

interface Report {
  readonly tickets: number;
  readonly seconds: number;
  readonly owner: string | null;
  readonly password: string;
  readonly agents: number;
}

function report({ seconds, ...rest }: Report, asJson: boolean): void {
  const { tickets, owner, password, agents } = rest;
  const lines = [
    `${tickets} tickets of a year, ${agents} agents, in ${seconds.toFixed(1)} s.`,
    ...(owner ? [`Sign in as ${owner}.`] : []),
    `Password of every agent of the story: ${password} (shown only now)`,
    'The mailboxes of the story are switched off: nothing is sent or fetched.',
  ];
  process.stdout.write(`${asJson ? JSON.stringify({ ...rest, seconds }) : lines.join('\n')}\n`);
}
