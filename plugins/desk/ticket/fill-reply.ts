const place = /\{\{\s*([a-z]+\.[a-z]+)\s*\}\}/gi;

/** Fills the places of a saved reply from a flat list; what is not in the list stays, to be seen. */
export function fillReply(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(place, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** The first place that nobody has filled. */
export function unfilled(text: string): string | undefined {
  return new RegExp(place.source, 'i').exec(text)?.[0];
}
