export const REPORTING = '/desk/reporting';

/** What an address of a report holds; what is undefined is left out. */
export interface ReportQuery {
  readonly days?: number | null | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly measure?: string | undefined;
  readonly by?: string | undefined;
  readonly by2?: string | undefined;
  /** `key:value` each. */
  readonly f?: readonly string[] | undefined;
  readonly g?: readonly string[] | undefined;
  readonly mover?: string | undefined;
  readonly after?: string | undefined;
}

/** The address of a page of reports. */
export function pathOf(page: string, query: ReportQuery = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, unknown][]) {
    if (Array.isArray(value)) for (const one of value) words.append(name, String(one));
    else if (typeof value === 'string' || typeof value === 'number') words.append(name, String(value));
  }
  const text = words.toString();
  return `${REPORTING}${page}${text ? `?${text}` : ''}`;
}
