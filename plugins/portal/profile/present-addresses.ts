import type { IdentityRecord, VisitorContext } from '@helpdesk/core';

const icons: Readonly<Record<string, string>> = { email: 'mail', phone: 'phone', telegram: 'telegram' };

/** By what the customer is known to us. The address they came in by stays: it is how they come in. */
export function presentAddresses(
  { t, visitor }: VisitorContext,
  identities: readonly IdentityRecord[],
): Record<string, unknown>[] {
  return identities.map(({ id, kind, value, label, verifiedAt }) => {
    const shown = kind === 'email' || kind === 'phone' ? value : (label ?? value);
    return {
      id,
      icon: icons[kind] ?? 'at',
      value: shown,
      isProven: verifiedAt !== null,
      isCurrent: id === visitor.identityId,
      removeLabel:
        kind === 'email' && id !== visitor.identityId
          ? t('portal.profile.remove', { address: shown })
          : undefined,
    };
  });
}
