import type { BaseContext, IdentityRecord } from '@helpdesk/core';

/** Kinds that people may enter by hand; channels bring their own. */
export const enteredKinds = ['email', 'phone', 'telegram'] as const;

const icons: Readonly<Record<string, string>> = { email: 'mail', phone: 'phone', telegram: 'telegram' };
const problems: Readonly<Record<string, string>> = {
  email: 'desk.contacts.identity.noEmail',
  phone: 'desk.contacts.identity.noPhone',
};

export const iconOf = (kind: string): string => icons[kind] ?? 'at';

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
