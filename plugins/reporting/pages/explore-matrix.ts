import { drawMatrix } from '../charts/draw-matrix.js';
import { isTime, type Dimension } from '../query/dimensions.js';
import { figureOf, type Group } from '../query/figures.js';
import { ROWS_MOST, sortGroups, tooMany, type Exploring } from './exploring.js';
import { nameValues, type Names } from './name-values.js';
import { pathOf } from './paths.js';
import { sayCell } from './say-figure.js';

const COLUMNS_MOST = 12;
const DRAWN_MOST = 15;

/** Rows of the first dimension, columns of the second: the largest ones, times in their order. */
export async function presentMatrix(exploring: Exploring, by: Dimension, by2: Dimension) {
  const { report, measure, filters, query } = exploring;
  const { ctx } = report;
  const cells = new Map(
    report.groups(measure, [by, by2], { filters }).map(({ values, cell }) => [JSON.stringify(values), cell]),
  );
  const rows = sortGroups(report.groups(measure, [by], { filters }), { by, measure });
  const columns = chooseColumns(report.groups(measure, [by2], { filters }), by2);
  const [names, names2]: Names[] = [
    await nameValues(
      ctx,
      by,
      rows.map(({ values: [value = ''] }) => value),
    ),
    await nameValues(ctx, by2, columns),
  ];
  const title = ctx.t('reporting.measureBy2', {
    measure: ctx.t(measure.label),
    by: ctx.t(by.label),
    by2: ctx.t(by2.label),
  });
  const cellOf = (row: string, column: string) => cells.get(JSON.stringify([row, column]));
  return {
    chart: {
      title,
      pictures: drawMatrix(
        rows.slice(0, DRAWN_MOST).map(({ values: [value = ''] }) => ({
          label: names?.get(value) ?? value,
          cells: columns.slice(0, COLUMNS_MOST).map((column) => {
            const cell = cellOf(value, column);
            return cell ? { value: figureOf(measure, cell) ?? 0, text: sayCell(ctx, measure, cell) } : null;
          }),
        })),
        columns.slice(0, COLUMNS_MOST).map((value) => names2?.get(value) ?? value),
        1060,
      ),
    },
    table: {
      caption: title,
      head: [ctx.t(by.label), ...columns.map((value) => names2?.get(value) ?? value), ctx.t('reporting.all')],
      rows: rows.slice(0, ROWS_MOST).map(({ values: [value = ''], cell: whole }) => ({
        head: names?.get(value) ?? value,
        cells: [
          ...columns.map((column) => {
            const cell = cellOf(value, column);
            const f = [...(query.f ?? []), `${by.key}:${value}`, `${by2.key}:${column}`];
            return cell
              ? {
                  text: sayCell(ctx, measure, cell),
                  href: pathOf('/tickets', { ...query, by: undefined, by2: undefined, f }),
                }
              : { text: '—' };
          }),
          { text: sayCell(ctx, measure, whole) },
        ],
      })),
      more: tooMany(exploring, rows),
    },
  };
}

function chooseColumns(groups: readonly Group[], by2: Dimension): string[] {
  const largest = groups.toSorted((a, b) => b.cell.n - a.cell.n).slice(0, isTime(by2) ? 31 : COLUMNS_MOST);
  const values = largest.map(({ values: [value = ''] }) => value);
  return isTime(by2) ? values.toSorted() : values;
}
