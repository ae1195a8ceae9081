/** Who does something. `door` says by which way: `desk`, `mail`, `api`, `cli`, `job`, `setup`. */
export interface Actor {
  readonly kind: 'agent' | 'contact' | 'plugin' | 'system';
  readonly id: number | string;
  readonly door?: string;
}

/** The four kinds of hooks; the kind is part of the entry, so a tap of the wrong kind does not compile. */
export interface Event<P> {
  kind: 'event';
  payload: P;
}
export interface Guard<P> {
  kind: 'guard';
  payload: P;
}
export interface Filter<P> {
  kind: 'filter';
  payload: P;
}
export interface Collect<P, R> {
  kind: 'collect';
  payload: P;
  answer: R;
}
export type HookKind = 'event' | 'guard' | 'filter' | 'collect';

/**
 * Every hook there is. Each owner merges its own in:
 * `declare module '@helpdesk/core' { interface HookCatalogue { 'surveys.answered': Event<{ … }> } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface HookCatalogue {}

type NamesOf<K extends HookKind> = {
  [N in keyof HookCatalogue]: HookCatalogue[N] extends { kind: K } ? N : never;
}[keyof HookCatalogue];
export type EventName = NamesOf<'event'>;
export type GuardName = NamesOf<'guard'>;
export type FilterName = NamesOf<'filter'>;
export type CollectName = NamesOf<'collect'>;
export type HookName = EventName | GuardName | FilterName | CollectName;

type Payload<N extends keyof HookCatalogue> = HookCatalogue[N] extends { payload: infer P } ? P : never;
export type EventPayload<N extends EventName> = Payload<N>;
export type FilterPayload<N extends FilterName> = Payload<N>;
/** What a tap is given: the payload and who caused it. */
export type Given<N extends HookName> = Readonly<Payload<N>> & { readonly actor: Actor };
export type Answer<N extends CollectName> = HookCatalogue[N]['answer'];

export type Awaitable<T> = T | Promise<T>;

/** What a guard returns to say no; `because` is a text key. */
export interface Refusal {
  readonly refused: true;
  readonly because: string;
}
export const refuse = (because: string): Refusal => ({ refused: true, because });

export type EventTap<N extends EventName> = (payload: Given<N>) => Awaitable<unknown>;
export type GuardTap<N extends GuardName> = (payload: Given<N>) => Awaitable<Refusal | void>;
export type FilterTap<N extends FilterName> = (payload: Given<N>) => Awaitable<FilterPayload<N>>;
export type CollectTap<N extends CollectName> = (payload: Given<N>) => Awaitable<readonly Answer<N>[]>;

/** The names and kinds that exist at run time; core and plugins declare theirs. */
export type HookKinds = Readonly<Record<string, HookKind>>;
