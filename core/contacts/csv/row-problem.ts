/** Why a row is not taken. */
export interface RowProblem {
  readonly line: number;
  /** The column that it is about, as in `fieldsOf`. */
  readonly field: string;
  /** In words: the text `core.csv.problem.<problem>`. */
  readonly problem: string;
  /** What stands in the cell; for `repeated` the row that was first. At most 200 letters. */
  readonly value: string;
}

const SHOWN = 200;

export const rowProblem = (line: number, field: string, problem: string, value = ''): RowProblem => ({
  line,
  field,
  problem,
  value: value.slice(0, SHOWN),
});
