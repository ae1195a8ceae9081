import type { Viewer } from '../agents/viewer.js';
import type { Awaitable } from '../hooks/catalogue.js';
import type { HostApp } from './host-app.js';

/** An entry of a menu of the desk. */
export interface NavItem<P extends string = string> {
  readonly place: 'main' | 'admin' | 'user';
  readonly key: string;
  /** A text key. */
  readonly label: string;
  readonly icon: string;
  readonly href: string;
  readonly permission?: P;
  /** Shown behind the entry; `hot` when it wants action. */
  readonly count?: (app: HostApp, viewer: Viewer) => Awaitable<{ n: number; hot?: boolean }>;
}
