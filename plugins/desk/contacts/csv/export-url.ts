/** Where a list is taken out as a file, with what it is searched for. */
export function exportUrl(list: 'contacts' | 'organizations', query: string): string {
  const search = query ? `?${new URLSearchParams({ q: query }).toString()}` : '';
  return `/desk/${list}/export.csv${search}`;
}
