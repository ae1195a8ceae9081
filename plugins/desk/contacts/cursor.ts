export interface NameCursor {
  readonly name: string;
  readonly id: number;
}

/** Where the next page of a list by name begins, as it stands in an address. */
export const writeCursor = ({ name, id }: NameCursor): string => `${id}.${name.slice(0, 255)}`;

/** @returns undefined for anything that is no cursor: then the list begins at its beginning */
export function readCursor(text: string | undefined): NameCursor | undefined {
  const found = /^([1-9]\d{0,14})\.(.{0,255})$/su.exec(text ?? '');
  return found ? { id: Number(found[1]), name: found[2] ?? '' } : undefined;
}

/** A page of rows, and the address of the one after it. */
export function pageOf<R extends NameCursor>(
  rows: readonly R[],
  { size, path }: { size: number; path: string },
): { rows: readonly R[]; nextUrl: string | null } {
  const last = rows.length > size ? rows[size - 1] : undefined;
  const nextUrl = last ? `${path}?${new URLSearchParams({ after: writeCursor(last) }).toString()}` : null;
  return { rows: rows.slice(0, size), nextUrl };
}
