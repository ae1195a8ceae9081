/** Names and places that a language's people, firms and streets are made of. */
export interface Names {
  readonly male: readonly string[];
  readonly female: readonly string[];
  /** In the masculine form where the language knows genders. */
  readonly surnames: readonly string[];
  readonly cities: readonly string[];
  readonly streets: readonly string[];
  readonly firms: readonly string[];
  /** Forms of organisation: `{firm}` stands for the firm's name. */
  readonly forms: readonly { readonly name: string; readonly slug: string }[];
  readonly mailboxes: readonly string[];
  readonly models: Readonly<Record<ProductKind, readonly string[]>>;
  readonly kinds: Readonly<Record<ProductKind, { readonly one: string; readonly of: string }>>;
  readonly months: readonly string[];
  readonly monthsAlone: readonly string[];
  readonly windows: readonly string[];
}

export const productKinds = ['heater', 'convector', 'thermostat', 'boiler'] as const;
export type ProductKind = (typeof productKinds)[number];
