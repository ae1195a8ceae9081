import { startHistoryImport, type HistoryEvent } from '@helpdesk/core';
import { startTestDesk, type TestDesk, type TestDeskOptions } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import type { StoryEvent } from '../../cli/demo/story/events.js';
import { tellStory } from '../../cli/demo/story/tell-story.js';
import { actByTheClock } from '../../cli/demo/tell/act-by-the-clock.js';
import { createCast } from '../../cli/demo/tell/cast.js';
import { createFileKeeper } from '../../cli/demo/tell/keep-file.js';
import { createTranslator } from '../../cli/demo/tell/to-history.js';
import { reporting } from '../../plugins/reporting/index.js';

const end = new Date('2026-03-11T13:00:00Z');

export interface DemoDesk {
  readonly engine: NonNullable<TestDeskOptions['engine']>;
  readonly tickets: number;
  /** Reports follow from the start, a batch after each page of the story; otherwise they are switched on after it. */
  readonly follows: boolean;
  /** False: they are left switched off. */
  readonly switches?: boolean;
}

/** A desk with a year of the demo story behind it, and reports that have read it. */
export async function startDemoDesk({
  engine,
  tickets,
  follows,
  switches = true,
}: DemoDesk): Promise<TestDesk> {
  const plugins = [workspace(), follows ? reporting({}, { enabled: true }) : reporting()];
  const desk = await startTestDesk({ engine, config: { plugins }, language: 'en' });
  const story = { tickets, seed: 5, language: 'en', timeZone: 'Europe/London', end } as const;
  const cast = createCast(desk.app);
  const translate = createTranslator({ cast, keep: createFileKeeper(desk.app), end });
  const history = startHistoryImport(desk.app);
  let page: HistoryEvent[] = [];
  const flush = async () => {
    if (page.length > 0) await history.write(page);
    page = [];
    if (follows) await desk.drain();
  };
  for (const event of actByTheClock(tellStory(story), { end, closeAfterDays: 7 })) {
    if (['company', 'team', 'line', 'agent', 'agent-left'].includes(event.kind)) {
      await flush();
      await cast.play(event as StoryEvent);
    } else page.push(...(await translate(event)));
    if (page.length >= 500) await flush();
  }
  await flush();
  if (!follows && switches) {
    const actor = { kind: 'system', id: 'test', door: 'test' } as const;
    await desk.app.switchPlugin('reporting', true, actor);
  }
  await desk.drain();
  return desk;
}
