/** What mail templates may name, each with one line of text at most but the agent's signature. */
export const PLACEHOLDERS = [
  'customer.name',
  'agent.name',
  'agent.signature',
  'company.name',
  'ticket.number',
  'mailbox.name',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const KNOWN: ReadonlySet<string> = new Set(PLACEHOLDERS);

/**
 * The whole language of mail templates: `{{agent.name}}` from a flat list of texts. No conditions, no lookups, no code;
 * a name that is not in the list prints nothing. A comma in front of what is empty goes with it: "Hello, {{customer.name}}!"
 * is "Hello!" for somebody whose name is not known.
 */
export function fillPlaceholders(template: string, values: Readonly<Record<Placeholder, string>>): string {
  return template.replaceAll(/(,? ?)\{\{\s*([a-z]+\.[a-z]+)\s*\}\}/gi, (_, before: string, name: string) => {
    const value = Object.hasOwn(values, name) ? (values[name as Placeholder] ?? '') : '';
    return value === '' && before.startsWith(',') ? '' : before + value;
  });
}

/** What stands in double braces and is no placeholder, as it was typed. */
export function unknownPlaceholders(template: string): string[] {
  const named = [...template.matchAll(/\{\{([^{}]{0,60})(?:\}\})?/g)];
  const wrong = named.filter(([whole, name = '']) => !whole.endsWith('}}') || !KNOWN.has(name.trim()));
  return [...new Set(wrong.map(([whole]) => whole.trim()))];
}
