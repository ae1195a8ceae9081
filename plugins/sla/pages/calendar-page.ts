import { isError, type DeskContext } from '@helpdesk/core';
import { isZone, type Calendar } from '../calendar/calendar.js';
import { readHolidays, readHours, writeHolidays, writeHours } from '../calendar/hours-text.js';
import { currentRules, findIn, nextId } from '../rules/list-rules.js';
import { saveRules } from '../rules/save-rules.js';
import { Fields, one, presentProblems, type Problems } from './fields.js';
import { pathId } from './path-id.js';
import { page, SLA, type SlaPages } from './sla-pages.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
type Typed = Readonly<Record<string, string>>;

interface Shown {
  readonly id: number;
  readonly isNew: boolean;
  readonly typed: Typed;
  readonly version: number;
  readonly problems?: Problems;
  readonly isConflict?: boolean;
  readonly status?: number;
}

export async function newCalendarPage(ctx: DeskContext): Promise<void> {
  const { calendars, version } = await currentRules(ctx.db);
  const week = Object.fromEntries(DAYS.map((day) => [`day.${day}`, day < 6 ? '09:00-18:00' : '']));
  const typed = { name: '', zone: ctx.app.company.timeZone, holidays: '', applies: 'now', ...week };
  await show(ctx, { id: nextId(calendars), isNew: true, typed, version });
}

export async function calendarPage(ctx: DeskContext): Promise<void> {
  const { calendars, version } = await currentRules(ctx.db);
  const { id, name, zone, weekly, holidays } = findIn(calendars, pathId(ctx));
  const week = Object.fromEntries(
    DAYS.map((day) => [
      `day.${day}`,
      writeHours(weekly.filter((open) => open.day === day).flatMap(({ hours }) => hours)),
    ]),
  );
  const typed = { name, zone, holidays: writeHolidays(holidays), applies: 'now', ...week };
  await show(ctx, { id, isNew: false, typed, version });
}

export async function takeCalendarPage(
  ctx: DeskContext,
  { reckon }: SlaPages,
  isNew: boolean,
): Promise<void> {
  const { version: _newest, ...rules } = await currentRules(ctx.db);
  const id = isNew ? nextId(rules.calendars) : findIn(rules.calendars, pathId(ctx)).id;
  const fields = await ctx.form(Fields);
  const version = Number(one(fields, 'version')) || 0;
  const names = ['name', 'zone', 'holidays', 'applies', ...DAYS.map((day) => `day.${day}`)];
  const typed = Object.fromEntries(names.map((name) => [name, one(fields, name)]));
  const { calendar, problems } = check(id, typed);
  if (problems.size > 0) return show(ctx, { id, isNew, typed, version, problems, status: 422 });
  const applies = typed['applies'] === 'beginning' ? 'beginning' : 'now';
  const calendars = isNew
    ? [...rules.calendars, calendar]
    : rules.calendars.map((before) => (before.id === id ? calendar : before));
  try {
    await saveRules(ctx.app, {
      rules: { ...rules, calendars },
      applies,
      expectedVersion: version,
      actor: ctx.actor,
      after: (trx) => reckon(applies === 'beginning' ? 'all' : 'open', trx),
    });
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    const { version: newest } = await currentRules(ctx.db);
    return show(ctx, { id, isNew, typed, version: newest, isConflict: true, status: 409 });
  }
  ctx.flash({ text: ctx.t('sla.calendar.saved') });
  ctx.redirect(SLA);
}

function check(id: number, typed: Typed): { calendar: Calendar; problems: Map<string, string> } {
  const problems = new Map<string, string>();
  const { name = '', zone = '' } = typed;
  if (name === '') problems.set('name', 'core.form.required');
  if (name.length > 100) problems.set('name', 'core.form.tooLong');
  if (!isZone(zone)) problems.set('zone', 'sla.problem.zone');
  const weekly = DAYS.map((day) => {
    const hours = readHours(typed[`day.${day}`] ?? '');
    if (!hours) problems.set(`day.${day}`, 'sla.problem.hours');
    return { day, hours: hours ?? [] };
  }).filter(({ hours }) => hours.length > 0);
  const holidays = readHolidays(typed['holidays'] ?? '');
  if (!holidays || holidays.length > 500) problems.set('holidays', 'sla.problem.holidays');
  return { calendar: { id, name, zone, weekly, holidays: holidays ?? [] }, problems };
}

async function show(
  ctx: DeskContext,
  { id, isNew, typed, version, problems = new Map(), isConflict = false, status = 200 }: Shown,
): Promise<void> {
  const label = (name: string) =>
    name.startsWith('day.') ? ctx.t(`sla.weekday.${name.slice(4)}`) : ctx.t(`sla.field.${name}`);
  const field = (name: string, more: object = {}) => {
    const problem = problems.get(name);
    return {
      name,
      id: `f-${name.replaceAll('.', '-')}`,
      label: label(name),
      value: typed[name] ?? '',
      error: problem && ctx.t(problem),
      ...more,
    };
  };
  await ctx.render(
    'sla/calendar',
    {
      heading: isNew ? ctx.t('sla.calendar.new') : (typed['name'] ?? ''),
      listUrl: SLA,
      action: isNew ? `${SLA}/calendars/new` : `${SLA}/calendars/${id}`,
      version,
      isConflict,
      main: [
        field('name', { required: true, maxlength: 100 }),
        field('zone', { required: true, hint: ctx.t('sla.field.zone.hint') }),
      ],
      days: DAYS.map((day) => field(`day.${day}`, { maxlength: 200 })),
      holidays: field('holidays', { kind: 'textarea', rows: 8, hint: ctx.t('sla.field.holidays.hint') }),
      applies: (['now', 'beginning'] as const).map((value) => ({
        value,
        label: ctx.t(`sla.applies.${value}`),
        hint: ctx.t(`sla.applies.${value}.hint`),
        checked: value === (typed['applies'] === 'beginning' ? 'beginning' : 'now'),
      })),
      errors: presentProblems(problems, (key) => ctx.t(key), label),
    },
    { page, status },
  );
}
