import type {
  ApiHandler,
  DeskHandler,
  InboundContext,
  InboundHandler,
  PortalHandler,
  PublicDeskHandler,
  VisitorHandler,
} from './context.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Surface = 'desk' | 'portal' | 'api' | 'inbound';

/** A page of the desk names the permission it needs; without one the plugin does not compile, and does not start. */
export interface DeskRouter<P extends string> {
  get(path: string, guard: { permission: P }, handler: DeskHandler): void;
  post(path: string, guard: { permission: P }, handler: DeskHandler): void;
  /** For everybody who is signed in: one's own profile. */
  own: {
    get(path: string, handler: DeskHandler): void;
    post(path: string, handler: DeskHandler): void;
  };
  /** For everybody: signing in. */
  open: {
    get(path: string, handler: PublicDeskHandler): void;
    post(path: string, handler: PublicDeskHandler): void;
  };
}

export interface PortalPost {
  /** The form may carry files, from those who are signed in. */
  readonly files?: boolean;
  /** Also for an agent who only looks as a customer: leaving. */
  readonly whileViewing?: boolean;
}

/** A customer's pages. `get` and `post` are for everybody: the handler looks at `ctx.visitor`. */
export interface PortalRouter {
  get(path: string, handler: PortalHandler): void;
  post(path: string, handler: PortalHandler, how?: PortalPost): void;
  /** For customers who are signed in; others are asked to. */
  own: {
    get(path: string, handler: VisitorHandler): void;
    post(path: string, handler: VisitorHandler, how?: PortalPost): void;
  };
}

export interface ApiRouter {
  get(path: string, guard: { scope: string }, handler: ApiHandler): void;
  post(path: string, guard: { scope: string }, handler: ApiHandler): void;
  patch(path: string, guard: { scope: string }, handler: ApiHandler): void;
  delete(path: string, guard: { scope: string }, handler: ApiHandler): void;
}

/** Proves that a call is from whom it says; `false` answers 403 and the handler is not asked. */
export type SignatureCheck = (ctx: InboundContext) => boolean | Promise<boolean>;

export interface InboundRouter {
  post(path: string, check: SignatureCheck, handler: InboundHandler): void;
  /** For providers that verify an address by GET. */
  get(path: string, check: SignatureCheck, handler: InboundHandler): void;
}

/** One route of a composition; the list is the source of the permission matrix and of the crawler's tests. */
export interface Route {
  readonly plugin: string;
  readonly surface: Surface;
  readonly method: Method;
  /** With its prefix, as the router matches it. */
  readonly path: string;
  readonly access:
    | { readonly kind: 'permission'; readonly permission: string }
    | { readonly kind: 'own' | 'open' | 'portal' | 'visitor' | 'signed' }
    | { readonly kind: 'scope'; readonly scope: string };
  // One of the handler types above, by surface and access.
  readonly handler: (ctx: never) => unknown;
  readonly check?: SignatureCheck;
  readonly how?: PortalPost;
}
