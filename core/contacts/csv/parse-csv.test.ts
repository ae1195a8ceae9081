import { describe, expect, it } from 'vitest';
import { csvLimits, type CsvSeparator } from './csv-types.js';
import { createEncodingDetector, detectSeparator } from './detect-dialect.js';
import { createCsvParser } from './parse-csv.js';
import { guardFormula, unguardFormula, writeCsvLine } from './write-csv.js';

/** @param piece letters that are handed over at a time */
function parse(text: string, separator: CsvSeparator = ',', piece = text.length || 1) {
  const parser = createCsvParser(separator);
  const records = [];
  for (let at = 0; at < text.length; at += piece) records.push(...parser.push(text.slice(at, at + piece)));
  return [...records, ...parser.end()];
}
const cells = (text: string, separator?: CsvSeparator) =>
  parse(text, separator).map((record) => record.cells);

describe('a table', () => {
  it.each<[string, string, CsvSeparator | undefined, string[][]]>([
    [
      'lines',
      'a,b\r\nc,d\r\n',
      undefined,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'no last line break',
      'a,b\nc,d',
      undefined,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['old line breaks', 'a\rb\r', undefined, [['a'], ['b']]],
    [
      'empty cells',
      ',\n"",\n',
      undefined,
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['quotes', '"a ""b"", c","d"\n', undefined, [['a "b", c', 'd']]],
    ['line breaks in cells', '"a\r\nb\nc",d\n', undefined, [['a\r\nb\nc', 'd']]],
    ['a quote inside', '5" disk,a"b"\n', undefined, [['5" disk', 'a"b"']]],
    ['text behind a quote', '"a"b,c\n', undefined, [['ab', 'c']]],
    ['semicolons', 'a;b,c;"d;e"\n', ';', [['a', 'b,c', 'd;e']]],
    ['tabs', 'a\tb;c\n', '\t', [['a', 'b;c']]],
    ['nothing', '', undefined, []],
    ['a separator at the end', 'a,', undefined, [['a', '']]],
    ['an empty cell in quotes', '""', undefined, [['']]],
  ])('has %s', (_, text, separator, expected) => {
    expect(cells(text, separator)).toEqual(expected);
  });

  it('counts empty lines and leaves them out', () => {
    expect(parse('a\n\n\nb\n').map(({ line }) => line)).toEqual([1, 4]);
  });

  it('is the same however it is cut into pieces', () => {
    const text = 'a,"b ""c""\r\nd",e\r\n\r\n"",f\rg,"h"\n';
    for (let piece = 1; piece <= text.length; piece += 1)
      expect(parse(text, ',', piece)).toEqual(parse(text));
  });

  it('says of an open quote where it was opened, and is not swallowed by it', () => {
    expect(() => parse('a\n"b\nc\n')).toThrow(
      expect.objectContaining({ key: 'core.csv.fault.unclosed', line: 2 }),
    );
    const parser = createCsvParser(',');
    parser.push(`"${'x'.repeat(csvLimits.cell)}`);
    expect(() => parser.push('x')).toThrow(expect.objectContaining({ key: 'core.csv.fault.unclosed' }));
    expect(() => parse(','.repeat(csvLimits.columns))).toThrow(
      expect.objectContaining({ key: 'core.csv.fault.columns' }),
    );
  });

  it('is read as it was written, whatever is in it', () => {
    const words = [
      '',
      ' ',
      '"',
      ';',
      ',',
      '\r\n',
      '\n',
      "'",
      '=1',
      '+7',
      '-',
      '@a',
      '\t',
      'ё',
      "'=",
      '＝',
      '""',
    ];
    const rows = words.flatMap((a) => words.map((b) => [a + b, b, `${b}${a}${b}`]));
    for (const separator of [',', ';', '\t'] as const) {
      const text = rows.map((row) => writeCsvLine(row, separator)).join('');
      expect(cells(text, separator).map((row) => row.map(unguardFormula))).toEqual(rows);
    }
  });
});

describe('a cell', () => {
  it.each(['=1+1', '+7', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "'=1", "''@a", '\0=1'])(
    'is no formula: %j',
    (text) => {
      expect(guardFormula(text)).toBe(`'${text}`);
      expect(unguardFormula(guardFormula(text))).toBe(text);
    },
  );

  it.each(['', 'a=b', "'a", "O'Neil", '1', ' x', "'"])('that is none stays: %j', (text) => {
    expect(guardFormula(text)).toBe(text);
    expect(unguardFormula(text)).toBe(text);
  });
});

describe('how a file is written', () => {
  const encoding = (...pieces: Uint8Array[]) => {
    const detector = createEncodingDetector();
    for (const piece of pieces) detector.push(piece);
    return detector.end();
  };

  it('is told from its bytes', () => {
    const utf8 = Buffer.from('Имя;Почта');
    expect(encoding(utf8.subarray(0, 3), utf8.subarray(3))).toBe('utf-8');
    expect(encoding(Buffer.from('\uFEFFИмя'))).toBe('utf-8');
    expect(encoding(Buffer.from([0xc8, 0xec, 0xff]))).toBe('windows-1251');
    expect(encoding(utf8.subarray(0, 3))).toBe('windows-1251');
    expect(encoding(Buffer.from([0xff, 0xfe, 0x18, 0x04]))).toBe('utf-16le');
    expect(encoding(Buffer.from([0xfe]), Buffer.from([0xff, 0x04]))).toBe('utf-16be');
  });

  it.each([
    ['a;b;c\n1,5;2;3', ';'],
    ['"a;b;c",d\n', ','],
    ['a\tb\tc,d\n', '\t'],
    ['sep=;\na,b,c\n', ';'],
    ['name\nx;y;z\n', ','],
    ['', ','],
  ])('%j is cut by %j', (head, separator) => {
    expect(detectSeparator(head)).toBe(separator);
  });
});
