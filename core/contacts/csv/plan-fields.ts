/** What of a record a row would change: what is empty is filled, the rest replaced only on demand. */
export function planFields<F extends string>(
  stored: Readonly<Record<F, string | null>>,
  given: Readonly<Record<F, string>>,
  overwrite: boolean,
): Partial<Record<F, string>> {
  const patch: Partial<Record<F, string>> = {};
  for (const field of Object.keys(given) as F[]) {
    const [before, after] = [plain(stored[field] ?? ''), plain(given[field])];
    if (after === '' || after === before) continue;
    if (before === '' || overwrite) patch[field] = given[field];
  }
  return patch;
}

// As a cell would carry it: see `clean`.
const plain = (text: string) => text.replaceAll(/\r\n?/g, '\n').trim();
