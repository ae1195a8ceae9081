import { errors } from '../errors/errors.js';
import type {
  ApiRouter,
  DeskRouter,
  InboundRouter,
  Method,
  PortalPost,
  PortalRouter,
  Route,
  Surface,
} from '../web/routers.js';
import type { Draft } from './draft.js';
import type { PluginInstance } from './define-plugin.js';

interface Routers {
  desk: DeskRouter<string>;
  portal: PortalRouter;
  api: ApiRouter;
  inbound: InboundRouter;
}

const RESERVED = ['/assets', '/health', '/setup'];

/** Routers that prefix every path, and note what each route needs. @throws ROUTE_TAKEN, PLUGIN_INVALID */
export function makeRouters(draft: Draft, plugin: PluginInstance): Routers {
  const add = (
    surface: Surface,
    method: Method,
    path: string,
    rest: Pick<Route, 'access' | 'handler' | 'check' | 'how'>,
  ) => {
    const full = prefixOf(plugin, surface) + checkPath(plugin, path);
    const route: Route = { plugin: plugin.id, surface, method, path: full === '' ? '/' : full, ...rest };
    refuseTaken(draft, route);
    draft.routes.push(route);
  };
  const permitted =
    (method: Method) => (path: string, guard: { permission: string }, handler: Route['handler']) => {
      if (!guard.permission)
        throw errors.PLUGIN_INVALID({ plugin: plugin.id, because: `the page ${path} names no permission` });
      add('desk', method, path, { access: { kind: 'permission', permission: guard.permission }, handler });
    };
  const plain =
    (surface: Surface, kind: 'own' | 'open' | 'portal' | 'visitor', method: Method) =>
    (path: string, handler: Route['handler'], how?: PortalPost) =>
      add(surface, method, path, { access: { kind }, handler, ...(how ? { how } : {}) });
  const scoped =
    (method: Method) =>
    (path: string, { scope }: { scope: string }, handler: Route['handler']) =>
      add('api', method, path, { access: { kind: 'scope', scope }, handler });
  const signed =
    (method: Method) => (path: string, check: NonNullable<Route['check']>, handler: Route['handler']) =>
      add('inbound', method, path, { access: { kind: 'signed' }, handler, check });
  return {
    desk: {
      get: permitted('GET'),
      post: permitted('POST'),
      own: { get: plain('desk', 'own', 'GET'), post: plain('desk', 'own', 'POST') },
      open: { get: plain('desk', 'open', 'GET'), post: plain('desk', 'open', 'POST') },
    },
    portal: {
      get: plain('portal', 'portal', 'GET'),
      post: plain('portal', 'portal', 'POST'),
      own: { get: plain('portal', 'visitor', 'GET'), post: plain('portal', 'visitor', 'POST') },
    },
    api: { get: scoped('GET'), post: scoped('POST'), patch: scoped('PATCH'), delete: scoped('DELETE') },
    inbound: { get: signed('GET'), post: signed('POST') },
  };
}

function prefixOf({ id, definition }: PluginInstance, surface: Surface): string {
  if (surface === 'desk') return definition.mount?.desk ?? `/desk/${id}`;
  if (surface === 'portal') return portalPrefix(id, definition.mount?.portal);
  return surface === 'api' ? `/api/v1/${id}` : `/inbound/${id}`;
}

const OTHERS = ['/desk', '/api', '/inbound'];

function portalPrefix(id: string, mount: string | undefined): string {
  if (mount === undefined) return `/${id}`;
  if (mount === '/') return '';
  if (!/^\/[a-z][a-z0-9-]*$/.test(mount) || OTHERS.includes(mount))
    throw errors.PLUGIN_INVALID({ plugin: id, because: `its pages cannot lie under "${mount}"` });
  return mount;
}

function checkPath({ id }: PluginInstance, path: string): string {
  if (!path.startsWith('/'))
    throw errors.PLUGIN_INVALID({ plugin: id, because: `the path "${path}" must begin with a slash` });
  return path === '/' ? '' : path;
}

function refuseTaken(draft: Draft, route: Route): void {
  const shape = ({ method, path }: Route) => `${method} ${path.replaceAll(/:\w+/g, ':')}`;
  const first = draft.routes.find((other) => shape(other) === shape(route));
  const reserved = RESERVED.some((path) => route.path === path || route.path.startsWith(`${path}/`));
  if (first || reserved)
    throw errors.ROUTE_TAKEN({
      method: route.method,
      path: route.path,
      first: first?.plugin ?? 'core',
      second: route.plugin,
    });
}
