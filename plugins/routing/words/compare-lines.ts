/** What is only in the newer text, only in the older, or in both, in reading order. */
export interface ComparedLine {
  readonly text: string;
  readonly state: 'same' | 'added' | 'removed';
}

/** Lines of two versions side by side: the longest common sequence stays, the rest was added or removed. */
export function compareLines(older: readonly string[], newer: readonly string[]): ComparedLine[] {
  const common = longestCommon(older, newer);
  const lines: ComparedLine[] = [];
  let [i, j] = [0, 0];
  for (const text of [...common, undefined]) {
    for (; i < older.length && older[i] !== text; i++) lines.push({ text: older[i] ?? '', state: 'removed' });
    for (; j < newer.length && newer[j] !== text; j++) lines.push({ text: newer[j] ?? '', state: 'added' });
    if (text === undefined) break;
    lines.push({ text, state: 'same' });
    i += 1;
    j += 1;
  }
  return lines;
}

function longestCommon(a: readonly string[], b: readonly string[]): string[] {
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
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
