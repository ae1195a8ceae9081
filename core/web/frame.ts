import { service } from '../services/service.js';
import type { Awaitable } from '../hooks/catalogue.js';
import type { BaseContext, PortalContext } from './context.js';

/** Builds what the layout around every page of a surface shows: brand, menus, who is signed in. Read as `@page`. */
export interface PageFrame<C extends BaseContext = BaseContext> {
  build(ctx: C): Awaitable<Readonly<Record<string, unknown>>>;
}
/** Provided by the plugin that is mounted at `/desk`. */
export const deskFrame = service<PageFrame>('desk-frame');
/** Provided by the plugin that is mounted at `/`. */
export const portalFrame = service<PageFrame<PortalContext>>('portal-frame');
