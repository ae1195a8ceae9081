import { errors, type DeskContext } from '@helpdesk/core';

/** The number in an address. @throws NOT_FOUND for anything that is none */
export function pathId({ params }: Pick<DeskContext, 'params'>, name = 'id'): number {
  const text = params[name] ?? '';
  if (!/^[1-9]\d{0,14}$/.test(text)) throw errors.NOT_FOUND();
  return Number(text);
}
