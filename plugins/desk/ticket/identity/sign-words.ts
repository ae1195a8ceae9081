/** What speaks for a contact, in the reader's words. */
export interface Sign {
  readonly kind: string;
  readonly detail: string | null;
  readonly plugin: string;
}

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** "same name and domain firm.example"; a plugin names its own signs in its own texts. */
export function signWords(t: Say, { kind, detail, plugin }: Sign): string {
  const owner = plugin === 'core' ? 'desk' : plugin;
  return t(`${owner}.sign.${kind}`, { detail: detail ?? '' }).trim();
}

export const signsWords = (t: Say, signs: readonly Sign[]): string =>
  signs.map((sign) => signWords(t, sign)).join(', ');
