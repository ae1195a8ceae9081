import { startHistoryImport, type HistoryEvent } from '@helpdesk/core';
import type { TestDesk } from '@helpdesk/core/testing';
import type { StoryEvent } from '../../cli/demo/story/events.js';
import { tellStory } from '../../cli/demo/story/tell-story.js';
import { actByTheClock } from '../../cli/demo/tell/act-by-the-clock.js';
import { createCast, type Cast } from '../../cli/demo/tell/cast.js';
import { createFileKeeper } from '../../cli/demo/tell/keep-file.js';
import { createTranslator } from '../../cli/demo/tell/to-history.js';

export interface Year {
  readonly tickets: number;
  readonly language: 'ru' | 'en';
  readonly end: Date;
  /** Something that really happens at a moment of the story, between what is told. */
  readonly between: { readonly at: Date; act(): Promise<void> };
}

/** Tells a desk the year of the demo story. The same words every time. */
export async function tellYear(
  desk: TestDesk,
  { tickets, language, end, between }: Year,
): Promise<Pick<Cast, 'teams' | 'lines' | 'agents'>> {
  const cast = createCast(desk.app);
  const translate = createTranslator({ cast, keep: createFileKeeper(desk.app), end });
  const history = startHistoryImport(desk.app);
  let page: HistoryEvent[] = [];
  const flush = async () => {
    if (page.length > 0) await history.write(page);
    page = [];
  };
  let hasActed = false;
  const story = tellStory({ tickets, seed: 5, language, timeZone: 'Europe/London', end });
  for (const event of actByTheClock(story, { end, closeAfterDays: 7 })) {
    if (!hasActed && event.at > between.at) {
      hasActed = true;
      await flush();
      desk.clock.set(between.at);
      await between.act();
    }
    if (['company', 'team', 'line', 'agent', 'agent-left'].includes(event.kind)) {
      await flush();
      await cast.play(event as StoryEvent);
    } else page.push(...(await translate(event)));
    if (page.length >= 500) await flush();
  }
  await flush();
  desk.clock.set(end);
  return cast;
}
