import type { ZodType, output } from 'zod';
import type { CorePermission } from '../agents/permissions.js';
import type { Viewer } from '../agents/viewer.js';
import type { Channel, ChannelApp } from '../channels/channel.js';
import type { Visitor } from '../contacts/access/models/visitor.js';
import type { SettingValues } from '../config/setting-fields.js';
import type {
  Awaitable,
  CollectName,
  CollectTap,
  EventName,
  EventTap,
  FilterName,
  FilterTap,
  GuardName,
  GuardTap,
} from '../hooks/catalogue.js';
import type { BatchOptions, BatchTap, FollowOptions, FollowTaps } from '../jobs/follower-types.js';
import type { Job, JobContext } from '../jobs/job-types.js';
import type { Logger } from '../log/create-log.js';
import type { Service } from '../services/service.js';
import type { ApiRouter, DeskRouter, InboundRouter, PortalRouter } from '../web/routers.js';
import type { NavItem } from './nav.js';
import type { HostApp } from './host-app.js';

export type Provided<R> = { readonly [K in keyof R]: R[K] extends Service<infer T> ? T : never };
export type Optional<R> = { readonly [K in keyof R]: R[K] extends Service<infer T> ? T | undefined : never };

/** Places in others' pages and what they know. A plugin that declares a place merges its own in. */
export interface PanelPlaces {
  'ticket.sidebar': { ticketId: number; contactId: number };
  'ticket.props': { ticketId: number };
  'contact.sidebar': { contactId: number };
  'organization.sidebar': { organizationId: number };
  'inbox.filters': object;
  'composer.tools': { ticketId: number };
  'user.menu': object;
  'inbox.bulk': object;
  'nav.main': object;
  'admin.nav': object;
  popup: object;
}

/** Who a panel is for; its place says what it is about. */
export interface PanelReader {
  readonly app: HostApp;
  readonly viewer: Viewer | null;
  /** The customer on whose page it stands. */
  readonly visitor: Visitor | null;
  readonly language: 'ru' | 'en';
}

export interface Panel<P extends string, At> {
  /** A text key. */
  title: string;
  icon?: string;
  permission?: P | CorePermission;
  view: string;
  /** Nothing to show: undefined. Has 150 ms. */
  load: (at: At & PanelReader) => Awaitable<unknown>;
}

export interface HealthAnswer {
  ok: boolean;
  /** What is wrong and what to do, in words of the administrator. */
  detail: string;
  /** Not ok, but nothing that works has stopped: it is not set up yet. `/health` still answers 200. */
  isMinor?: boolean;
}

/** Data that a customer can carry but not change. */
export interface Links {
  /** @param options.days after which it is not valid any more; default 30 */
  seal(data: Readonly<Record<string, unknown>>, options?: { days?: number }): string;
  /** @throws LINK_INVALID, LINK_EXPIRED */
  open<S extends ZodType>(token: string | undefined, schema: S): output<S>;
}

/** What `register` is given. It declares; nothing runs yet. */
export interface Toolbox<O, S, R, Opt, P extends string> {
  readonly app: HostApp;
  readonly options: O;
  readonly settings: { current(): SettingValues<S> };
  readonly services: Provided<R> & Optional<Opt>;
  readonly log: Logger;
  t(language: string, key: string, values?: Readonly<Record<string, unknown>>): string;

  /** After commit, in this process, best effort: live pages, caches. */
  on<N extends EventName>(name: N, tap: EventTap<N>): void;
  /** At least once, in id order; a tap that fails is retried, then its ticket waits. Runs in no transaction. */
  follow(taps: FollowTaps, options: FollowOptions): void;
  /** For derived tables: several events at a time; what the tap writes through `trx` commits with the cursor. */
  followInBatches<N extends EventName>(names: readonly N[], tap: BatchTap<N>, options: BatchOptions): void;
  guard<N extends GuardName>(name: N, tap: GuardTap<N>): void;
  filter<N extends FilterName>(name: N, tap: FilterTap<N>): void;
  collect<N extends CollectName>(name: N, tap: CollectTap<N>): void;

  readonly desk: DeskRouter<P | CorePermission>;
  readonly portal: PortalRouter;
  readonly api: ApiRouter;
  readonly inbound: InboundRouter;
  nav(item: NavItem<P | CorePermission>): void;
  panel<N extends keyof PanelPlaces>(place: N, panel: Panel<P, PanelPlaces[N]>): void;
  /** A place of one's own in a page, for other plugins' panels. */
  slot(name: string): void;

  job<I>(
    name: string,
    run: (input: I, ctx: JobContext) => Awaitable<unknown>,
    options?: { maxAttempts?: number },
  ): Job<I>;
  schedule(
    name: string,
    when: { cron: string; timeZone?: string },
    run: (ctx: { signal: AbortSignal }) => Awaitable<unknown>,
  ): void;
  channel(channel: Channel): void;
  provide<T>(name: Service<T>, implementation: T): void;
  healthCheck(name: string, check: (app: ChannelApp) => Awaitable<HealthAnswer>): void;
  readonly links: Links;
  /** What starts when the desk does, after the plugin's own `boot`; may return its cleanup. */
  onBoot(start: () => Awaitable<void | (() => Awaitable<void>)>): void;
}
