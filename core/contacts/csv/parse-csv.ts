import { CsvFault, csvLimits, type CsvRecord, type CsvSeparator } from './csv-types.js';

const QUOTE = 34;
const LF = 10;
const CR = 13;

export interface CsvParser {
  /** @returns the rows that ended in this piece @throws CsvFault */
  push(text: string): CsvRecord[];
  /** @returns the last row, when no line break stands behind it @throws CsvFault */
  end(): CsvRecord[];
}

/**
 * Cuts text into rows and cells by RFC 4180: quotes around cells with separators, quotes (doubled) and line breaks;
 * lines end with CR LF, LF or CR. Text behind a closing quote belongs to the cell; a quote inside of a cell that does
 * not begin with one is a letter. Empty lines are counted and left out. Holds one row, of bounded cells.
 */
export function createCsvParser(separator: CsvSeparator): CsvParser {
  const gap = separator.charCodeAt(0);
  let records: CsvRecord[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let mode: 'start' | 'plain' | 'quoted' | 'closing' = 'start';
  let afterCr = false;

  function add(text: string): void {
    cell += text;
    if (cell.length > csvLimits.cell) throw new CsvFault(mode === 'quoted' ? 'unclosed' : 'cell', line);
  }
  function endCell(): void {
    if (cells.length === csvLimits.columns) throw new CsvFault('columns', line);
    cells.push(cell);
    cell = '';
    mode = 'start';
  }
  function endRow(): void {
    const isBlank = cells.length === 0 && cell === '' && mode === 'start';
    endCell();
    if (!isBlank) records.push({ line, cells });
    cells = [];
    line += 1;
  }
  /** @returns where to go on */
  function readQuoted(text: string, from: number): number {
    const at = text.indexOf('"', from);
    add(text.slice(from, at < 0 ? text.length : at));
    if (at < 0) return text.length;
    mode = 'closing';
    return at + 1;
  }
  function readPlain(text: string, from: number): number {
    let at = from;
    let code = 0;
    for (; at < text.length; at += 1) {
      code = text.charCodeAt(at);
      if (code === gap || code === LF || code === CR) break;
    }
    if (at > from) {
      mode = 'plain';
      add(text.slice(from, at));
    }
    if (at === text.length) return at;
    if (code === gap) endCell();
    else endRow();
    afterCr = code === CR;
    return at + 1;
  }
  function readOn(text: string, at: number): number {
    if (mode === 'quoted') return readQuoted(text, at);
    const code = text.charCodeAt(at);
    if (mode === 'closing') {
      mode = code === QUOTE ? 'quoted' : 'plain';
      if (code !== QUOTE) return at;
      add('"');
      return at + 1;
    }
    const isRest = afterCr && code === LF;
    afterCr = false;
    if (isRest) return at + 1;
    if (mode === 'start' && code === QUOTE) {
      mode = 'quoted';
      return at + 1;
    }
    return readPlain(text, at);
  }
  function take(): CsvRecord[] {
    const taken = records;
    records = [];
    return taken;
  }

  return {
    push(text) {
      for (let at = 0; at < text.length;) at = readOn(text, at);
      return take();
    },
    end() {
      if (mode === 'quoted') throw new CsvFault('unclosed', line);
      if (cells.length > 0 || cell !== '' || mode !== 'start') endRow();
      return take();
    },
  };
}
