import type { ContactStatus, DeskContext } from '@helpdesk/core';

const tones: Readonly<Record<ContactStatus['status'], string | undefined>> = {
  new: 'ok',
  neverAnswered: 'warn',
  existing: undefined,
  important: 'note',
};

/** New, never answered, existing or important, with the reason. */
export function presentStatus({ t }: DeskContext, { status, reason, values }: ContactStatus) {
  return { text: t(`core.contactStatus.${status}`), tone: tones[status], why: t(reason, values) };
}
