/**
 * A path of this site, or the fallback. What a link gives as its "next" may try `//evil`, `/\evil`, `https:evil` or
 * hide such a thing in percent signs.
 */
export function sitePath(wanted: string | undefined, fallback: string): string {
  // oxlint-disable-next-line no-control-regex -- exactly these are refused
  if (!wanted || !/^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(wanted)) return fallback;
  if (/^\/(%2f|%5c)/i.test(wanted)) return fallback;
  try {
    const url = new URL(wanted, 'http://site.invalid');
    return url.host === 'site.invalid' ? url.pathname + url.search + url.hash : fallback;
  } catch {
    return fallback;
  }
}
