const ALLOWED = /^(?:https?:\/\/|mailto:|tel:)/i;

// The URL parser of browsers drops tabs and line breaks and reads a backslash as a slash.
// oxlint-disable-next-line no-control-regex
const TRICKS = /[\u0000-\u0020\u007f\\]/;

/** A link from outside that is safe in `href`: http(s), mailto, tel or a path of this site; else `#`. */
export function safeUrl(link: unknown): string {
  if (typeof link !== 'string') return '#';
  const trimmed = link.trim();
  if (trimmed.length > 4000 || TRICKS.test(trimmed)) return '#';
  if (ALLOWED.test(trimmed) || /^[#?]/.test(trimmed)) return trimmed;
  return trimmed.startsWith('/') && !trimmed.startsWith('//') ? trimmed : '#';
}
