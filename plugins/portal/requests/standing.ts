import type { BaseContext, StatusCategory } from '@helpdesk/core';

/** Whose move it is, in the customer's words. */
export type Standing = 'working' | 'yours' | 'solved';

export const categoriesOf: Readonly<Record<Standing, readonly StatusCategory[]>> = {
  working: ['new', 'open', 'waiting_other'],
  yours: ['waiting_customer'],
  solved: ['solved', 'closed'],
};

export function standingOf(category: StatusCategory): Standing {
  if (category === 'waiting_customer') return 'yours';
  return category === 'solved' || category === 'closed' ? 'solved' : 'working';
}

const tones = { working: undefined, yours: 'warn', solved: 'ok' } as const;

export function presentStanding({ t }: Pick<BaseContext, 't'>, category: StatusCategory) {
  const standing = standingOf(category);
  return { text: t(`portal.standing.${standing}`), tone: tones[standing] };
}
