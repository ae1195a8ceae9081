import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTyping } from './typing.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells once that a side began, and that it ended: when it says so, or when it falls silent', () => {
  const typing = createTyping();
  const told: string[] = [];
  const now = () => new Date(vi.getMockedSystemTime() ?? 0);
  typing.subscribe((ticketId, side) => {
    told.push(`${side} ${ticketId} ${typing.isTyping(ticketId, side, now())}`);
  });
  typing.note(1, 'contact', now());
  vi.advanceTimersByTime(5000);
  typing.note(1, 'contact', now());
  typing.note(2, 'agent', now());
  vi.advanceTimersByTime(5000);
  expect(typing.isTyping(1, 'contact', now())).toBe(true);
  expect(typing.isTyping(1, 'agent', now())).toBe(false);
  vi.advanceTimersByTime(5000);
  typing.end(2, 'agent');
  typing.end(2, 'agent');
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['contact 1 true', 'agent 2 true', 'contact 1 false', 'agent 2 false']);
});
