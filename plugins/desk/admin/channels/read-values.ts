import { parseJson, readSetting, type DeskContext, type Setting, type SettingFields } from '@helpdesk/core';

/** What the form of a channel gave, apart: what may be shown, what may not, and what is wrong. */
export interface ChannelValues {
  readonly plain: Readonly<Record<string, unknown>>;
  /** Only those that were given now, or checked a moment ago. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
}

const entriesOf = (fields: SettingFields) =>
  Object.entries(fields).map(([name, field]) => [name, field as Setting<unknown>] as const);

/** @param sealed secrets of the check before, which are not printed into the page again */
export function readValues(
  { app }: Pick<DeskContext, 'app'>,
  {
    fields,
    typed,
    sealed,
  }: { fields: SettingFields; typed: Readonly<Record<string, string>>; sealed: string },
): ChannelValues {
  const plain: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  const secrets: Record<string, string> = {
    ...parseJson<Record<string, string>>(app.keys.decrypt(sealed), {}),
  };
  for (const [name, field] of entriesOf(fields)) {
    const read = readSetting(field, typed[`c-${name}`]);
    if ('problem' in read) problems[`c-${name}`] = `desk.admin.problem.${read.problem}`;
    else if (!field.secret) plain[name] = read.value;
    else if (typeof read.value === 'string' && read.value.trim() !== '') secrets[name] = read.value.trim();
  }
  return { plain, secrets, problems };
}

export const sealSecrets = ({ app }: Pick<DeskContext, 'app'>, secrets: ChannelValues['secrets']): string =>
  app.keys.encrypt(JSON.stringify(secrets));
