import {
  COMPANY,
  companySettings,
  type DeskContext,
  type SettingProblem,
  isTimeZone,
  timeZoneOptions,
} from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { renderSettings } from '../render-settings.js';
import { presentSettings, type SettingInput } from './present-settings.js';
import { readSettings } from './read-settings.js';

const MANAGE = { permission: 'settings.manage' } as const;
const form = { owner: COMPANY, fields: companySettings };

/** What the company says of itself. */
export function registerCompany({ desk }: DeskTools): void {
  desk.get('/settings/company', MANAGE, (ctx) => show(ctx));
  desk.post('/settings/company', MANAGE, save);
}

async function save(ctx: DeskContext): Promise<void> {
  const values = await readSettings(ctx, form);
  const early = checkCompany(values);
  const { settings } = ctx.app;
  const problems =
    Object.keys(early).length > 0
      ? early
      : await settings.save(COMPANY, form.fields, { values, actor: ctx.actor });
  if (Object.keys(problems).length > 0) return show(ctx, { typed: values, problems });
  ctx.flash({ text: ctx.t('desk.admin.saved') });
  ctx.redirect('/desk/settings/company');
}

// What the fields' own types cannot say; a zone that the runtime does not know would break every page.
function checkCompany({
  timeZone,
  country,
  languages,
  language,
}: SettingInput): Record<string, SettingProblem> {
  return {
    ...(typeof timeZone === 'string' && !isTimeZone(timeZone) ? { timeZone: 'choice' as const } : {}),
    ...(typeof country === 'string' && !/^[A-Z]{2}$/.test(country) ? { country: 'choice' as const } : {}),
    ...(languages !== undefined && languages.length === 0 ? { languages: 'required' as const } : {}),
    ...(Array.isArray(languages) && languages.length > 0 && !languages.includes(language)
      ? { language: 'choice' as const }
      : {}),
  };
}

async function show(
  ctx: DeskContext,
  typed: { typed?: SettingInput; problems?: Readonly<Record<string, SettingProblem>> } = {},
): Promise<void> {
  const lists = { timeZone: timeZoneOptions(ctx, ctx.app.company.timeZone) };
  const settings = presentSettings(ctx, { ...form, ...typed, lists });
  const status = settings.errors.length > 0 ? 422 : 200;
  await renderSettings(ctx, { view: 'company', status }, { ...settings, action: '/desk/settings/company' });
}
