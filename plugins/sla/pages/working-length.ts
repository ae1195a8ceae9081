import { formatDuration, formatNumber } from '@helpdesk/core';

const HOUR = 3600;

/** Working time in words. Never in days: nobody works for 24 hours of one. */
export function workingLength(
  seconds: number,
  { t, language }: { t(key: string, values: Readonly<Record<string, string>>): string; language: string },
): string {
  const hours = Math.floor(seconds / HOUR);
  if (hours < 24) return formatDuration(seconds, { language });
  const whole = t('sla.length.hours', { hours: formatNumber(hours, { language }) });
  const minutes = Math.floor((seconds % HOUR) / 60);
  return minutes === 0 ? whole : `${whole} ${formatDuration(minutes * 60, { language })}`;
}
