import { listVisitorTickets, type VisitorContext } from '@helpdesk/core';
import { presentRows } from './present-rows.js';
import { categoriesOf, type Standing } from './standing.js';

const states = ['all', 'open', 'yours', 'solved'] as const;
type State = (typeof states)[number];

const standings: Readonly<Record<Exclude<State, 'all'>, readonly Standing[]>> = {
  open: ['working', 'yours'],
  yours: ['yours'],
  solved: ['solved'],
};

/** The customer's requests, or by right of a role those of an organization; the latest first. */
export async function listPage(ctx: VisitorContext): Promise<void> {
  const { db, visitor, query } = ctx;
  const seesMore = visitor.organizationIds.length > 0;
  const scope = seesMore && query['of'] === 'organization' ? 'organization' : 'mine';
  const state = states.find((one) => one === query['state']) ?? 'all';
  const after = cursorOf(query);
  const categories = state === 'all' ? [] : standings[state].flatMap((standing) => categoriesOf[standing]);
  const { tickets, hasMore } = await listVisitorTickets(db, {
    visitor,
    scope,
    categories,
    ...(after ? { after } : {}),
  });
  const last = tickets.at(-1);
  const href = (more: Readonly<Record<string, string>>) => hrefOf({ of: scope, state, ...more });
  await ctx.render('portal/requests', {
    rows: await presentRows(ctx, tickets, { named: scope === 'organization' }),
    scopes: seesMore
      ? (['mine', 'organization'] as const).map((of) => ({
          label: ctx.t(`portal.requests.${of}`),
          href: hrefOf({ of }),
          current: of === scope,
        }))
      : undefined,
    states: states.map((one) => ({
      label: ctx.t(`portal.requests.state.${one}`),
      href: href({ state: one }),
      current: one === state,
    })),
    isFiltered: state !== 'all' || after !== undefined,
    nextUrl: hasMore && last ? href({ before: last.lastMessageAt, id: String(last.id) }) : undefined,
  });
}

function cursorOf(query: Readonly<Record<string, string>>) {
  const { before = '', id = '' } = query;
  const isRight = /^\d{4}-[\dT:.Z+-]{6,30}$/.test(before) && /^\d{1,15}$/.test(id);
  return isRight ? { lastMessageAt: before, id: Number(id) } : undefined;
}

function hrefOf(parts: Readonly<Record<string, string>>): string {
  const told = Object.entries(parts).filter(([, value]) => value !== 'mine' && value !== 'all');
  return told.length > 0 ? `/requests?${new URLSearchParams(told).toString()}` : '/requests';
}
