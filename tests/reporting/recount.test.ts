import { testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemoDesk } from './demo-desk.js';
import { figure, quantile, say, valuesOf, WAYS, type Span } from './recount.js';
import { readChart, readCsv, readKpis, readTable, visitAs, type CsvRow } from './visit.js';

const DIMENSIONS: Readonly<Record<string, { label: string; name: (row: CsvRow) => string }>> = {
  line: { label: 'Line', name: (row) => row['line'] || 'None' },
  team: { label: 'Team', name: (row) => row['team'] || 'None' },
  agent: { label: 'Owner', name: (row) => row['assignee'] || 'None' },
};

describe.each(testEngines)('figures counted again from the CSV on %s', (engine) => {
  let desk: TestDesk;
  let get: (path: string) => Promise<Response>;
  let rows: CsvRow[];
  let spells: CsvRow[];
  let span: Span;
  const days = 'from=2025-12-01&to=2026-03-12';
  const page = async (path: string) => (await get(path)).text();

  beforeAll(async () => {
    desk = await startDemoDesk({ engine, tickets: 2000, follows: false });
    get = await visitAs(desk);
    rows = readCsv(await page('/desk/reporting/tickets.csv?all=1'));
    spells = readCsv(await page('/desk/reporting/spells.csv?all=1'));
    span = { from: '2025-12-01', to: '2026-03-13', now: desk.app.now() };
  });
  afterAll(() => desk?.close());

  it('exports every ticket there is', async () => {
    const all: { id: number }[] = await desk.app.db('tickets').orderBy('id').select('id');
    expect(all.length).toBe(2000);
    expect(rows.map((row) => Number(row['ticketId']))).toEqual(all.map(({ id }) => id));
  });

  it.each(Object.keys(WAYS))('explorer: %s', async (key) => {
    const way = WAYS[key];
    if (!way) throw new Error(key);
    for (const [by, { label, name }] of Object.entries(DIMENSIONS)) {
      const html = await page(`/desk/reporting/explore?${days}&measure=${key}&by=${by}`);
      const shown = readTable(html, `${way.label}: by ${label}`);
      const groups = groupBy(rows, name);
      const expected = [...groups]
        .map(([head, some]) => ({ head, values: valuesOf(some, way, span) }))
        .filter(({ values }) => values.length > 0)
        .map(({ head, values }) => [
          head,
          say(figure(values, way), way.unit),
          ...(way.how === 'median' ? [say(quantile(values, 0.9), way.unit)] : []),
          say(values.length, 'count'),
        ]);
      const width = way.how === 'median' ? 4 : 3;
      expect(sorted(shown.map((line) => line.slice(0, width)))).toEqual(sorted(expected));
    }
  });

  it.each(['', '/team'])('dashboard%s: the large figures', async (path) => {
    const kpis = readKpis(await page(`/desk/reporting${path}?${days}`));
    expect(Object.keys(kpis).length).toBe(4);
    for (const way of Object.values(WAYS))
      if (kpis[way.label] !== undefined)
        expect([way.label, kpis[way.label]]).toEqual([
          way.label,
          say(figure(valuesOf(rows, way, span), way), way.unit),
        ]);
  });

  const part = (name: string) => WAYS[name] ?? never(name);
  const cells = (html: string, id: string) => readChart(html, id).map(([, ...figures]) => figures);
  const median = (some: readonly CsvRow[], name: string) => {
    const values = valuesOf(some, part(name), span);
    return [say(quantile(values, 0.5), 'seconds'), say(quantile(values, 0.9), 'seconds')];
  };
  const count = (some: readonly CsvRow[], name: string) =>
    say(valuesOf(some, part(name), span).length, 'count');

  it('overview: every chart', async () => {
    const html = await page(`/desk/reporting?${days}`);
    const weeks = listWeeks(span);
    const inWeek = (name: string, week: string) =>
      rows.filter((row) => row[name] && weekOf(row[name]) === week);
    expect(cells(html, 'c-flow')).toEqual(
      weeks.map((week) => [
        count(inWeek('openedAt', week), 'opened'),
        count(inWeek('solvedAt', week), 'solved'),
      ]),
    );
    expect(cells(html, 'c-reply')).toEqual(
      weeks.map((week) => median(inWeek('firstRepliedAt', week), 'firstReply')),
    );
    const ends = [...weeks.slice(1).map((week) => `${week}T00:00:00.000Z`), span.now.toISOString()];
    expect(cells(html, 'c-backlog')).toEqual(ends.map((end) => [say(openAt(spells, end), 'count')]));
    const channels = [...groupBy(rows, (row) => row['channel'] ?? '')]
      .map(([name, some]) => ({ name, n: valuesOf(some, part('opened'), span).length }))
      .filter(({ n }) => n > 0)
      .toSorted((a, b) => b.n - a.n)
      .slice(0, 5);
    expect(cells(html, 'c-channel')).toEqual(
      weeks.map((week) =>
        channels.map(({ name }) =>
          count(
            inWeek('openedAt', week).filter((row) => row['channel'] === name),
            'opened',
          ),
        ),
      ),
    );
    const types = [...groupBy(rows, (row) => row['type'] ?? '').values()].filter(
      (some) => count(some, 'solution') !== '0',
    );
    expect(sorted(cells(html, 'c-solution'))).toEqual(
      sorted(types.map((some) => [...median(some, 'solution'), count(some, 'solution')])),
    );
    const times = ['onUs', 'onCustomer', 'onOthers'].map((name) => valuesOf(rows, part(name), span));
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    const whole = sum(times.flat());
    expect(cells(html, 'c-mover')).toEqual(
      times.map((values) => [
        say(Math.round(sum(values) / values.length), 'seconds'),
        say(sum(values) / whole, 'share'),
      ]),
    );
  });

  it('team: every chart and everybody', async () => {
    const html = await page(`/desk/reporting/team?${days}`);
    const open = rows.filter((row) => part('open').value(row, span.now) === 1);
    expect(sorted(cells(html, 'c-teams'))).toEqual(
      sorted(
        [...groupBy(open, (row) => row['teamId'] ?? '').values()].map((some) => [
          say(some.length, 'count'),
          median(some, 'age')[0] ?? '',
        ]),
      ),
    );
    const ages = valuesOf(rows, part('age'), span).map((seconds) => seconds / 3600);
    const bounds = [0, 4, 24, 72, 168, Infinity];
    expect(cells(html, 'c-age').flat()).toEqual(
      bounds
        .slice(1)
        .map((upTo, i) => say(ages.filter((age) => age >= (bounds[i] ?? 0) && age < upTo).length, 'count')),
    );
    expect(sorted(cells(html, 'c-hops'))).toEqual(
      sorted(
        [...groupBy(rows, (row) => row['lineId'] ?? '').values()]
          .map((some) => valuesOf(some, part('teamHops'), span))
          .filter((values) => values.length > 0)
          .map((values) => [say(figure(values, { how: 'mean' }), 'score'), say(values.length, 'count')]),
      ),
    );
    const agents: { id: number; name: string }[] = await desk.app.db('agents').select('id', 'name');
    const names = new Map(agents.map(({ id, name }) => [String(id), name]));
    const columns = [
      ['solved', 'solvedBy'],
      ['solution', 'solvedBy'],
      ['firstReply', 'firstRepliedBy'],
      ['oneTouch', 'solvedBy'],
      ['open', 'assigneeId'],
    ] as const;
    const people = ['', ...names.keys()].flatMap((id) => {
      const line = columns.map(([name, by]) => {
        const values = valuesOf(
          rows.filter((row) => row[by] === id),
          part(name),
          span,
        );
        return values.length === 0 ? '—' : say(figure(values, part(name)), part(name).unit);
      });
      return line.every((cell) => cell === '—') ? [] : [[names.get(id) ?? 'None', ...line]];
    });
    expect(sorted(readTable(html, 'People'))).toEqual(sorted(people));
  });

  it('segment lens: every measure of two groups', async () => {
    const names = [...groupBy(rows, (row) => row['lineId'] ?? '')].slice(0, 2);
    const asked = names.map(([id]) => `&g=${id}`).join('');
    const shown = readTable(
      await page(`/desk/reporting/lens?${days}&by=line${asked}`),
      'Group against group',
    );
    expect(shown.length).toBe(Object.keys(WAYS).length);
    for (const way of Object.values(WAYS)) {
      const line = shown.find(([head]) => head === way.label) ?? [];
      const expected = names.map(([, some]) => say(figure(valuesOf(some, way, span), way), way.unit));
      expect([
        way.label,
        ...sorted([line.slice(1, 3)])
          .flat()
          .toSorted(),
      ]).toEqual([way.label, ...expected.toSorted()]);
    }
  });

  it('stall map: stays, median, nine of ten and what is there now', async () => {
    const shown = readTable(await page(`/desk/reporting/stalls?${days}`), 'Where it stalls');
    const stays = joinStays(spells).filter(({ category }) => category !== 'solved' && category !== 'closed');
    const places = groupBy(stays, ({ status, teamId, type }) => `${status}/${teamId}/${type}`);
    const expected = [...places.values()].flatMap((some) => {
      const ended = some
        .filter(
          ({ until }) => until !== '' && until.slice(0, 10) >= span.from && until.slice(0, 10) < span.to,
        )
        .map(({ since, until }) => Math.round((Date.parse(until) - Date.parse(since)) / 1000));
      const stuck = some.filter(({ until }) => until === '').length;
      if (ended.length === 0 && stuck === 0) return [];
      const seconds = (share: number) => say(quantile(ended, share), 'seconds');
      return [[say(ended.length, 'count'), seconds(0.5), seconds(0.9), say(stuck, 'count')]];
    });
    expect(sorted(shown.map((line) => line.slice(3, 7)))).toEqual(sorted(expected));
  });

  it('the tickets behind a figure are as many as it says', async () => {
    const html = await page(`/desk/reporting/tickets?${days}&measure=solved`);
    const solved = rows.filter(({ solvedAt = '' }) => solvedAt >= span.from && solvedAt < span.to).length;
    expect(html).toContain(`${solved} tickets`);
  });
});

const sorted = (table: string[][]): string[][] =>
  table.toSorted((a, b) => (a.join('|') < b.join('|') ? -1 : 1));

function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

function never(name: string): never {
  throw new Error(name);
}

const DAY = 86_400_000;

/** The Monday of a moment's week. */
function weekOf(iso: string): string {
  const day = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  return new Date(day - ((new Date(day).getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
}

function listWeeks({ from, to }: Span): string[] {
  const weeks = [];
  for (
    let week = weekOf(from);
    week < to;
    week = new Date(Date.parse(week) + 7 * DAY).toISOString().slice(0, 10)
  )
    weeks.push(week);
  return weeks;
}

const openAt = (spells: readonly CsvRow[], moment: string): number =>
  spells.filter(
    ({ category, since = '', until = '' }) =>
      category !== 'solved' && category !== 'closed' && since <= moment && (until === '' || until > moment),
  ).length;

function joinStays(spells: readonly CsvRow[]) {
  const stays: Record<'ticketId' | 'status' | 'category' | 'teamId' | 'type' | 'since' | 'until', string>[] =
    [];
  for (const {
    ticketId = '',
    status = '',
    category = '',
    teamId = '',
    type = '',
    since = '',
    until = '',
  } of spells) {
    const last = stays.at(-1);
    if (last?.ticketId === ticketId && last.status === status && last.teamId === teamId) last.until = until;
    else stays.push({ ticketId, status, category, teamId, type, since, until });
  }
  return stays;
}
