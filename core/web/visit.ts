import type { HostApp } from '../plugins/host-app.js';
import type { Visitor } from '../contacts/access/models/visitor.js';
import type { Viewer } from '../agents/viewer.js';
import type { Actor } from '../hooks/catalogue.js';
import type { Texts } from '../i18n/create-texts.js';
import type { Assets } from '../views/create-assets.js';
import type { Views } from '../views/create-views.js';
import type { PanelContribution } from '../views/render-context.js';

/** What the pages of one composition are made with. */
export interface WebParts {
  readonly app: HostApp;
  readonly texts: Texts;
  readonly views: Views;
  readonly assets: Assets;
  panelsOf(place: string, visit: Visit): readonly PanelContribution[];
}

/** Who visits, and how; made by the surface before a handler runs. */
export interface Visit {
  readonly web: WebParts;
  readonly params: Readonly<Record<string, string>>;
  readonly language: 'ru' | 'en';
  readonly timeZone: string;
  readonly actor: Actor;
  readonly viewer: Viewer | null;
  /** The customer who is signed in, on the portal's surface. */
  readonly visitor: Visitor | null;
  /** Where a visitor is led who cannot go where they wanted. */
  readonly home: string;
  /** Whether changes must come from a page of this site. */
  readonly needsOrigin: boolean;
  csrfSeed(): string;
  can(permission: string): boolean;
  frame(): Promise<Readonly<Record<string, unknown>>>;
  setCookie(name: string, value: string | null, options?: { maxAgeMs?: number; httpOnly?: boolean }): void;
}
