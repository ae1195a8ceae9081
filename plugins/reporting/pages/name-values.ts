import {
  agentNames,
  formatDate,
  listContactRoles,
  listLines,
  listStatuses,
  listTeams,
  listTicketTypes,
  type DeskContext,
} from '@helpdesk/core';
import { isTime, type Dimension } from '../query/dimensions.js';

type Asking = Pick<DeskContext, 'app' | 'db' | 't' | 'language' | 'now'>;
export type Names = ReadonlyMap<string, string>;

/** The words for values of a dimension; '' is "none", a value of something that is gone keeps its number. */
export async function nameValues(
  ctx: Asking,
  dimension: Dimension,
  values: readonly string[],
): Promise<Names> {
  const known = await readNames(ctx, dimension, values);
  return new Map(
    values.map((value) => [
      value,
      value === '' ? ctx.t('reporting.none') : (known.get(value) ?? ctx.t('reporting.gone', { value })),
    ]),
  );
}

async function readNames(ctx: Asking, dimension: Dimension, values: readonly string[]): Promise<Names> {
  const { key, names } = dimension;
  if (isTime(dimension)) return new Map(values.map((value) => [value, nameTime(ctx, key, value)]));
  if (names) return names({ db: ctx.db, t: (text) => ctx.t(text) }, values);
  const read = readers[key];
  if (read) return read(ctx, values);
  return new Map(values.map((value) => [value, value]));
}

const agents = async ({ db }: Asking) => {
  const names = await agentNames(db);
  return new Map([...names].map(([id, { name }]) => [String(id), name]));
};
const byId = (rows: readonly { id: number; name: string }[]): Names =>
  new Map(rows.map(({ id, name }) => [String(id), name]));
const byKey = (rows: readonly { key: string; name: string }[]): Names =>
  new Map(rows.map(({ key, name }) => [key, name]));

const readers: Readonly<Record<string, (ctx: Asking, values: readonly string[]) => Promise<Names> | Names>> =
  {
    agent: agents,
    solvedBy: agents,
    repliedBy: agents,
    team: async ({ db }) => byId(await listTeams(db, { includeArchived: true })),
    line: async ({ db }) => byId(await listLines(db, { includeArchived: true })),
    type: async ({ db }) => byKey(await listTicketTypes(db)),
    status: async ({ db }) => byKey(await listStatuses(db)),
    channel: ({ app, t }, values) =>
      new Map(
        values.map((value) => {
          const title = app.channels.get(value)?.title;
          return [value, title ? t(title) : value];
        }),
      ),
    move: ({ t }, values) =>
      new Map(values.map((value) => [value, t(`reporting.move.${value.replace('_', '.')}`)])),
    priority: ({ t }, values) => new Map(values.map((value) => [value, t(`reporting.priority.${value}`)])),
    hat: async ({ db, t }) => {
      const roles = await listContactRoles(db, { includeArchived: true });
      return new Map(roles.map(({ key, name }) => [key, name ?? t(`core.contactRole.${key}`)]));
    },
    organization: (ctx, values) => readSome(ctx, 'organizations', values),
    contact: (ctx, values) => readSome(ctx, 'contacts', values),
    tag: (ctx, values) => readSome(ctx, 'tags', values),
  };

const AT_A_TIME = 1000;

async function readSome({ db }: Asking, table: string, values: readonly string[]): Promise<Names> {
  const ids = values.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0);
  const names = new Map<string, string>();
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const rows: { id: number; name: string }[] = await db(table)
      .whereIn('id', ids.slice(from, from + AT_A_TIME))
      .select('id', 'name');
    for (const { id, name } of rows) names.set(String(id), name);
  }
  return names;
}

const MONDAY = Date.UTC(2026, 0, 5);

function nameTime({ t, language, now }: Asking, key: string, value: string): string {
  const style = { language, timeZone: 'UTC', now: now.toISOString() };
  const format = (iso: string | number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(localeOf(language), { timeZone: 'UTC', ...options }).format(new Date(iso));
  if (key === 'day') return formatDate(`${value}T12:00:00Z`, style);
  if (key === 'week') return t('reporting.weekOf', { day: formatDate(`${value}T12:00:00Z`, style) });
  if (key === 'month') return format(`${value}-15T12:00:00Z`, { month: 'long', year: 'numeric' });
  if (key === 'weekday') return format(MONDAY + (Number(value) - 1) * 86_400_000, { weekday: 'long' });
  return `${value}:00`;
}

// "en" alone means American order (Mar 12).
const localeOf = (language: string) => (language === 'en' ? 'en-GB' : language);

/** A bucket of a chart's axis: 12 Mar, Mar 2026. */
export function shortBucket(language: string, bucket: string): string {
  const isMonth = bucket.length === 7;
  const options: Intl.DateTimeFormatOptions = isMonth
    ? { month: 'short', year: '2-digit' }
    : { day: 'numeric', month: 'short' };
  const iso = isMonth ? `${bucket}-15T12:00:00Z` : `${bucket}T12:00:00Z`;
  return new Intl.DateTimeFormat(localeOf(language), { timeZone: 'UTC', ...options })
    .format(new Date(iso))
    .replaceAll('.', '');
}
