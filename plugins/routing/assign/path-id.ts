import { errors, type BaseContext } from '@helpdesk/core';

/** The number in a page's address. @throws NOT_FOUND for anything that is none */
export function pathId({ params }: Pick<BaseContext, 'params'>): number {
  const text = params['id'] ?? '';
  if (!/^[1-9]\d{0,14}$/.test(text)) throw errors.NOT_FOUND();
  return Number(text);
}
