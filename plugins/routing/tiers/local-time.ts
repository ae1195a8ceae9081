/** A moment as a field for date and time shows it: 2026-03-12T14:10 by the clock on the wall. */
export function localTime(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** The moment of such a text, ISO; null for nothing and for what is no time. An hour that a zone skips is the one after it. */
export function momentOf(local: string | null, timeZone: string): string | null {
  if (local === null) return null;
  const wanted = Date.parse(`${local}:00.000Z`);
  if (Number.isNaN(wanted)) return null;
  let at = wanted;
  // Twice: the first guess may lie on the other side of a change of the clock.
  for (let i = 0; i < 2; i += 1) at += wanted - Date.parse(`${localTime(new Date(at), timeZone)}:00.000Z`);
  return new Date(at).toISOString();
}
