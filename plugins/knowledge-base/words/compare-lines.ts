/** A line that is only in the newer text, only in the older, or in both; `gap` stands for many that are in both. */
export interface ComparedLine {
  readonly text: string;
  readonly state: 'same' | 'added' | 'removed' | 'gap';
}

/** More lines than this are compared only where they begin and end differently. */
const LINES_MOST = 1500;
const AROUND = 2;

/** Two texts side by side, line by line, without long stretches that did not change. */
export function compareLines(older: string, newer: string): ComparedLine[] {
  return shorten(compare(older.split('\n'), newer.split('\n')));
}

function compare(a: readonly string[], b: readonly string[]): ComparedLine[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const same = (lines: readonly string[]) => lines.map((text) => ({ text, state: 'same' as const }));
  return [
    ...same(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ];
}

function middle(a: readonly string[], b: readonly string[]): ComparedLine[] {
  const kept = a.length * b.length > LINES_MOST * LINES_MOST ? [] : longestCommon(a, b);
  const lines: ComparedLine[] = [];
  let [i, j] = [0, 0];
  const untilBoth = (text: string | undefined) => {
    for (; i < a.length && a[i] !== text; i += 1) lines.push({ text: a[i] ?? '', state: 'removed' });
    for (; j < b.length && b[j] !== text; j += 1) lines.push({ text: b[j] ?? '', state: 'added' });
  };
  for (const text of kept) {
    untilBoth(text);
    lines.push({ text, state: 'same' });
    i += 1;
    j += 1;
  }
  untilBoth(undefined);
  return lines;
}

function longestCommon(a: readonly string[], b: readonly string[]): string[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const common: string[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      common.push(a[i] ?? '');
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return common;
}

function shorten(lines: readonly ComparedLine[]): ComparedLine[] {
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ state }) => state !== 'same');
  return lines.flatMap((line, index) => {
    if (isNear(index)) return [line];
    const begins = index === 0 || isNear(index - 1);
    return begins ? [{ text: '', state: 'gap' as const }] : [];
  });
}
