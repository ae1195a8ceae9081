import { errors, type BaseContext } from '@helpdesk/core';

/** The number in a page's address. @throws NOT_FOUND for anything that is no id */
export function pathId(ctx: Pick<BaseContext, 'params'>, name = 'id'): number {
  const text = ctx.params[name] ?? '';
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw errors.NOT_FOUND();
  return id;
}

/** A number of the query, such as where a page begins; undefined for anything that is none. */
export function queryId(ctx: Pick<BaseContext, 'query'>, name: string): number | undefined {
  const text = ctx.query[name] ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
