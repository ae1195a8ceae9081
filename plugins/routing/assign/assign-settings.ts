import { number, toggle, type HostApp, type SettingValues } from '@helpdesk/core';

const weight = (label: string, byDefault: number) =>
  number({
    label: `routing.assign.setting.${label}`,
    default: byDefault,
    min: 0,
    max: 20,
    group: 'routing.assign.settings',
  });

/** How heavy a ticket is by its priority, when somebody counts as there, who answers while others work. */
export const assignSettings = {
  weightUrgent: weight('weightUrgent', 3),
  weightHigh: weight('weightHigh', 2),
  weightNormal: weight('weightNormal', 1),
  weightLow: weight('weightLow', 1),
  seenMinutes: number({
    label: 'routing.assign.setting.seenMinutes',
    default: 15,
    min: 2,
    max: 720,
    unit: 'routing.assign.unit.minutes',
    group: 'routing.assign.settings',
  }),
  ownerAnswers: toggle({
    label: 'routing.assign.setting.ownerAnswers',
    default: true,
    group: 'routing.assign.settings',
  }),
};

export type AssignSettings = SettingValues<typeof assignSettings>;

export const readAssignSettings = (app: Pick<HostApp, 'settings'>): AssignSettings =>
  app.settings.values('routing', assignSettings) as AssignSettings;

/** The weight of each priority, by its number: 1 low to 4 urgent. */
export const weightsOf = (settings: AssignSettings): Readonly<Record<number, number>> => ({
  1: settings.weightLow,
  2: settings.weightNormal,
  3: settings.weightHigh,
  4: settings.weightUrgent,
});
