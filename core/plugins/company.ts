import { companySettings } from '../config/company-settings.js';
import type { Config } from '../config/resolve-config.js';
import type { SettingValues } from '../config/setting-fields.js';
import type { Settings } from '../config/settings.js';

/** What the company says of itself; read afresh each time, from memory. */
export interface Company extends Omit<SettingValues<typeof companySettings>, 'language' | 'languages'> {
  readonly language: 'ru' | 'en';
  readonly languages: readonly ('ru' | 'en')[];
  /** Where browsers reach the desk, without a slash at the end. */
  readonly url: string;
}

export const COMPANY = 'company';

export function readCompany(config: Config, settings: Settings): Company {
  const values = settings.values(COMPANY, companySettings) as SettingValues<typeof companySettings>;
  return { ...values, name: values.name || config.name || 'Helpdesk', url: config.url };
}

/** Values of the company's settings that the config file fixes. */
export function lockedByConfig(config: Config): Map<string, unknown> {
  const locked = new Map<string, unknown>();
  if (config.name) locked.set(`${COMPANY}.name`, config.name);
  if (config.timeZone) locked.set(`${COMPANY}.timeZone`, config.timeZone);
  if (config.languages) {
    locked.set(`${COMPANY}.languages`, config.languages);
    locked.set(`${COMPANY}.language`, config.languages[0]);
  }
  return locked;
}
