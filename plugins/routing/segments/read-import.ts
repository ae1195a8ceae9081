/** A row of a list of segments; `line` counts from 1, as a spreadsheet does. */
export interface ImportRow {
  readonly line: number;
  readonly who: string;
  readonly segment: string;
}

/**
 * Reads `identity or organization;segment`, one a line: `;`, tab or `,` between, quotes as in RFC 4180, empty lines left
 * out. A first line whose second field is a heading is left out.
 */
export function readImport(text: string): ImportRow[] {
  const clean = text.replace(/^\uFEFF/, '');
  const [first = ''] = clean.replaceAll(/"(?:[^"]|"")*"/g, '').split('\n', 1);
  const separator = [';', '\t', ','].find((one) => first.includes(one)) ?? ';';
  return readRecords(clean, separator)
    .map(({ line, fields }) => ({
      line,
      who: (fields[0] ?? '').trim(),
      segment: (fields[1] ?? '').trim(),
    }))
    .filter(({ who, segment }) => who !== '' || segment !== '')
    .filter(({ line, segment }) => line > 1 || !/^(segment|сегмент)$/i.test(segment));
}

function readRecords(text: string, separator: string): { line: number; fields: string[] }[] {
  const records: { line: number; fields: string[] }[] = [];
  let fields: string[] = [];
  let field = '';
  let [line, began, isQuoted] = [1, 1, false];
  const endRecord = () => {
    records.push({ line: began, fields: [...fields, field] });
    [fields, field] = [[], ''];
  };
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\n') line += 1;
    if (isQuoted) {
      if (char !== '"') field += char;
      else if (text.charAt(i + 1) === '"') field += text.charAt(i++);
      else isQuoted = false;
    } else if (char === '"' && field.trim() === '') {
      [isQuoted, field] = [true, ''];
    } else if (char === separator) {
      fields.push(field);
      field = '';
    } else if (char === '\n') {
      endRecord();
      began = line;
    } else if (char !== '\r') field += char;
  }
  if (field !== '' || fields.length > 0) endRecord();
  return records;
}
