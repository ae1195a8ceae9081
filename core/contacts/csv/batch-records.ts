import type { CsvRecord } from './csv-types.js';

/** Rows that are looked up and written at a time. */
const ROWS = 100;

/** Cuts the rows of a file into batches; the headers and what is done already are left out. */
export async function* batchRecords(
  pieces: AsyncIterable<readonly CsvRecord[]>,
  { afterLine }: { afterLine: number },
): AsyncGenerator<readonly CsvRecord[]> {
  let batch: CsvRecord[] = [];
  let isHead = true;
  for await (const records of pieces)
    for (const record of records) {
      const skip = isHead || record.line <= afterLine;
      isHead = false;
      if (skip) continue;
      batch.push(record);
      if (batch.length < ROWS) continue;
      yield batch;
      batch = [];
    }
  if (batch.length > 0) yield batch;
}
