/** Tells two uses of a slot apart: the same place with the same arguments shows the same panels. */
export function slotKey(place: string, args: Readonly<Record<string, unknown>>): string {
  return `${place} ${JSON.stringify(Object.entries(args).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
}
