import type { BaseContext, Channel, HostApp, IdentityRecord } from '@helpdesk/core';

/** Kinds that people may enter by hand; channels bring their own. */
export const enteredKinds = ['email', 'phone', 'telegram'] as const;

const icons: Readonly<Record<string, string>> = { email: 'mail', phone: 'phone', telegram: 'telegram' };
const problems: Readonly<Record<string, string>> = {
  email: 'desk.contacts.identity.noEmail',
  phone: 'desk.contacts.identity.noPhone',
};

export const iconOf = (app: Pick<HostApp, 'channels'>, kind: string): string =>
  icons[kind] ?? channelOf(app, kind)?.icon ?? 'at';

/** An address as people read it: its channel may have words for it. */
export const addressWords = (
  { app, language }: { app: Pick<HostApp, 'channels'>; language: 'ru' | 'en' },
  { kind, value }: Pick<IdentityRecord, 'kind' | 'value'>,
): string => channelOf(app, kind)?.nameAddress?.(value, language) ?? value;

const channelOf = ({ channels }: Pick<HostApp, 'channels'>, kind: string): Channel | undefined =>
  [...channels.values()].find(({ identityKind, sendsNothing }) => identityKind === kind && !sendsNothing);

/** Text key of what is wrong with a value that is none of its kind. */
export const problemOf = (kind: string): string => problems[kind] ?? 'desk.contacts.identity.invalid';

/** Choices of the form. */
export const kindOptions = (ctx: Pick<BaseContext, 't'>) =>
  enteredKinds.map((kind) => ({ value: kind, label: ctx.t(`desk.contacts.kind.${kind}`) }));

/** An address or number as a link, where there is a program to open it. */
export function hrefOf({ kind, value, normalised }: IdentityRecord): string | undefined {
  if (kind === 'email') return `mailto:${value}`;
  return kind === 'phone' ? `tel:${normalised}` : undefined;
}
