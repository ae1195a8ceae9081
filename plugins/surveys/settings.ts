import { choices, number } from '@helpdesk/core';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const hour = (label: string, byDefault: number, min: number, max: number) =>
  number({
    label: `surveys.setting.${label}`,
    default: byDefault,
    min,
    max,
    unit: 'surveys.unit.oClock',
    group: 'surveys.setting.hours',
  });

/** How often a contact is asked at most, and the business hours in which delays are counted. */
export const surveySettings = {
  fatigueDays: number({
    label: 'surveys.setting.fatigueDays',
    default: 30,
    min: 0,
    max: 3650,
    unit: 'surveys.unit.days',
    group: 'surveys.setting.limits',
  }),
  workFrom: hour('workFrom', 9, 0, 23),
  workTo: hour('workTo', 18, 1, 24),
  workDays: choices({
    label: 'surveys.setting.workDays',
    choices: WEEKDAYS,
    default: ['mon', 'tue', 'wed', 'thu', 'fri'],
    group: 'surveys.setting.hours',
  }),
};
