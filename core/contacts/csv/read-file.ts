import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { FileStore } from '../../contracts/index.js';
import { CsvFault, csvLimits, type CsvDialect, type CsvEncoding, type CsvRecord } from './csv-types.js';
import { createCsvParser } from './parse-csv.js';

/** The bytes of a kept file, piece by piece. */
export async function* readKept(files: FileStore, sha256: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(files.path(sha256));
  const unpacked = createGunzip();
  // An error of the file ends the reading of what is unpacked.
  file.on('error', (error) => unpacked.destroy(error));
  try {
    yield* file.pipe(unpacked) as AsyncIterable<Uint8Array>;
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

/** Bytes as text; a letter may be cut between two pieces. */
export async function* decode(
  bytes: AsyncIterable<Uint8Array>,
  encoding: CsvEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/**
 * The rows of a kept file, headers first, some at a time, in bounded memory. A first line `sep=;` of Excel is no row.
 * @throws CsvFault
 */
export async function* readRecords(
  files: FileStore,
  { sha256, encoding, separator }: CsvDialect & { sha256: string },
): AsyncGenerator<readonly CsvRecord[]> {
  const parser = createCsvParser(separator);
  const isRow = ({ line, cells }: CsvRecord) => line > 1 || !/^sep=.?$/.test(cells[0] ?? '');
  let count = 0;
  const checked = (records: readonly CsvRecord[]) => {
    count += records.length;
    if (count > csvLimits.rows + 1) throw new CsvFault('rows', records.at(-1)?.line);
    return records.filter(isRow);
  };
  for await (const text of decode(readKept(files, sha256), encoding)) {
    const records = checked(parser.push(text));
    if (records.length > 0) yield records;
  }
  yield checked(parser.end());
}

/** The first rows, headers included. @throws CsvFault */
export async function readFirst(
  files: FileStore,
  { most, ...place }: CsvDialect & { sha256: string; most: number },
): Promise<readonly CsvRecord[]> {
  const first: CsvRecord[] = [];
  for await (const records of readRecords(files, place)) {
    first.push(...records.slice(0, most - first.length));
    if (first.length >= most) break;
  }
  return first;
}
