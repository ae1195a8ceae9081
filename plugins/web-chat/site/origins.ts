/** Addresses of sites as they were typed, one a line. */
export function readOrigins(text: string): { origins: string[]; wrong: string | undefined } {
  const typed = text
    .split(/[\s,;]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const read = typed.map((one) => ({ one, origin: originOf(one) }));
  return {
    origins: [...new Set(read.map(({ origin }) => origin).filter((origin) => origin !== undefined))],
    wrong: read.find(({ origin }) => origin === undefined)?.one,
  };
}

/** `shop.example`, `https://shop.example/contacts`: what a browser calls its origin. */
function originOf(typed: string): string | undefined {
  const url = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, hostname, username } = new URL(url);
  const isSite =
    (protocol === 'https:' || protocol === 'http:') && username === '' && /^[\w.:[\]-]+$/.test(hostname);
  return isSite && (hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('['))
    ? origin
    : undefined;
}
