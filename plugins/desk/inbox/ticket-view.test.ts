import { describe, expect, it } from 'vitest';
import { startOfDay } from './start-of-day.js';
import { snoozeChoices } from './snooze-choices.js';
import { parseView, printView, viewHref } from './ticket-views.js';
import { readView } from './ticket-view.js';

describe('views in addresses', () => {
  it('read back as they were printed', () => {
    const view = readView(
      new URLSearchParams('view=mine&priority=4&priority=3&channel=email&tag=7&waiting=24&order=newest'),
    );
    expect(parseView(printView(view))).toEqual(view);
    expect(viewHref(view)).toContain('/desk/inbox?view=mine&');
    expect(printView(parseView('mine'))).toBe('mine');
  });

  it('are all open tickets when they are nonsense', () => {
    for (const odd of [undefined, '', '~~~', 'nothing~priority=99', 'x'.repeat(5000)])
      expect(printView(parseView(odd))).toBe('all');
  });
});

describe('days of the reader', () => {
  it('begin by the clocks of his zone, when they are put forward, too', () => {
    expect(startOfDay('2026-03-12', 0, 'Asia/Yekaterinburg')).toBe('2026-03-11T19:00:00.000Z');
    expect(startOfDay('2026-03-29', 0, 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfDay('2026-03-28', 1, 'Europe/Berlin', 9)).toBe('2026-03-29T07:00:00.000Z');
  });

  it('offer to put tickets aside until a morning that comes', () => {
    const sunday = new Date('2026-03-15T20:00:00Z');
    expect(snoozeChoices({ now: sunday, timeZone: 'UTC' }).map(({ at }) => at)).toEqual([
      '2026-03-15T22:00:00.000Z',
      '2026-03-16T09:00:00.000Z',
      '2026-03-16T09:00:00.000Z',
    ]);
  });
});
