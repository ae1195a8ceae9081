import { choice, choices, number, text } from './setting-fields.js';

/** What the company says of itself; the setup asks for the first four. */
export const companySettings = {
  name: text({ label: 'core.setting.name', required: true, max: 100, group: 'core.settings.company' }),
  language: choice({
    label: 'core.setting.language',
    choices: ['ru', 'en'],
    default: 'en',
    group: 'core.settings.company',
  }),
  languages: choices({
    label: 'core.setting.languages',
    choices: ['ru', 'en'],
    default: ['ru', 'en'],
    group: 'core.settings.company',
  }),
  timeZone: text({
    label: 'core.setting.timeZone',
    default: 'UTC',
    required: true,
    group: 'core.settings.company',
  }),
  country: text({ label: 'core.setting.country', default: 'RU', max: 2, group: 'core.settings.company' }),
  accent: choice({
    label: 'core.setting.accent',
    choices: ['pine', 'blue', 'plum', 'brick', 'graphite'],
    default: 'pine',
    group: 'core.settings.company',
  }),
  undoSeconds: number({
    label: 'core.setting.undoSeconds',
    default: 10,
    min: 0,
    max: 120,
    unit: 'core.unit.seconds',
    group: 'core.settings.work',
  }),
  reopenDays: number({
    label: 'core.setting.reopenDays',
    default: 14,
    min: 0,
    max: 365,
    unit: 'core.unit.days',
    group: 'core.settings.work',
  }),
  closeAfterDays: number({
    label: 'core.setting.closeAfterDays',
    default: 7,
    min: 1,
    max: 365,
    unit: 'core.unit.days',
    group: 'core.settings.work',
  }),
};
