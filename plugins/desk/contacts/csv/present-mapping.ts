import {
  csvEncodings,
  csvSeparators,
  CsvFault,
  fieldsOf,
  hatFields,
  headerOf,
  joinColumn,
  MOST_HATS,
  readFirst,
  splitColumn,
  type Column,
  type CsvImport,
  type DeskContext,
} from '@helpdesk/core';

/** What is wrong with the columns that were sent, and what was sent. */
export interface MappingProblem {
  readonly words: string;
  readonly columns?: readonly Column[];
  readonly overwrites?: boolean;
}

const SAMPLES = 3;
const SAMPLE_SHOWN = 60;
const separatorNames: Readonly<Record<string, string>> = { ';': 'semicolon', ',': 'comma', '\t': 'tab' };

/** The columns of a file with their first values, and what each may mean. */
export async function presentMapping(ctx: DeskContext, file: CsvImport, problem?: MappingProblem) {
  const columns = problem?.columns ?? file.columns;
  const rows = await samplesOf(ctx, file);
  const choices = choicesOf(ctx, file, columns);
  return {
    problem: problem?.words,
    hint: ctx.t(`desk.csv.columnsHint.${file.subject}`),
    overwrites: problem?.overwrites ?? file.overwrites,
    columns: file.headers.map((header, at) => ({
      id: `column-${at}`,
      label: header || ctx.t('desk.csv.column', { number: at + 1 }),
      samples: rows.map((cells) => cells[at] ?? '').filter((cell) => cell !== ''),
      options: choices.map(({ value, label }) => ({ value, label, selected: value === (columns[at] ?? '') })),
    })),
    encodings: csvEncodings.map((value) => ({
      value,
      label: ctx.t(`desk.csv.encoding.${value}`),
      selected: value === file.encoding,
    })),
    separators: csvSeparators.map((value) => ({
      value: separatorNames[value],
      label: ctx.t(`desk.csv.separator.${separatorNames[value]}`),
      selected: value === file.separator,
    })),
  };
}

/** The separator of a form's word. */
export const separatorOf = (name: string) => csvSeparators.find((one) => separatorNames[one] === name);

async function samplesOf(ctx: DeskContext, { sha256, encoding, separator }: CsvImport): Promise<string[][]> {
  if (sha256 === null) return [];
  try {
    const most = SAMPLES + 1;
    const [, ...rows] = await readFirst(ctx.app.files, { sha256, encoding, separator, most });
    return rows.map(({ cells }) => cells.map((cell) => cell.trim().slice(0, SAMPLE_SHOWN)));
  } catch (error) {
    if (error instanceof CsvFault) return [];
    throw error;
  }
}

/** Fields of one hat stand once, of further hats as far as the file goes and one more. */
function choicesOf(ctx: DeskContext, { subject }: CsvImport, columns: readonly Column[]) {
  const groups = columns.map((column) => (column === null ? 1 : splitColumn(column).group));
  const most = Math.min(Math.max(1, ...groups) + 1, MOST_HATS);
  const further =
    subject === 'contacts'
      ? Array.from({ length: most - 1 }, (_, i) => hatFields.map((field) => joinColumn(field, i + 2))).flat()
      : [];
  const words = (key: string) => ctx.t(key);
  const named = [...fieldsOf(subject), ...further].map((value) => ({ value, label: headerOf(words, value) }));
  return [{ value: '', label: ctx.t('desk.csv.skip') }, ...named];
}
