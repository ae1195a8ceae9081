/** What a place in a page gets to know: `{{slot "ticket.sidebar" ticketId=ticket.id}}` gives `{ ticketId }`. */
export type SlotPlace = Readonly<Record<string, unknown>>;

/** Something that a plugin shows in a place of somebody else's page. */
export interface PanelContribution {
  /** The plugin it belongs to; named when it fails. */
  readonly owner: string;
  /** Text key of its heading. */
  readonly title: string;
  /** Name of the icon beside the heading. */
  readonly icon?: string;
  /** Name of the view that prints the inside of the panel. */
  readonly view: string;
  /** Who may see it; everybody who may see the page when left out. */
  readonly permission?: string;
  /** Fetch what the view prints. `undefined` or `null` means that there is nothing to show. */
  readonly load?: (place: SlotPlace) => unknown;
}

/** Everything about one visit that templates may depend on. */
export interface RenderContext {
  readonly language: string;
  /** IANA zone of the reader. */
  readonly timeZone: string;
  /** The present moment, ISO text. */
  readonly now: string;
  /** Whether the viewer holds a permission. */
  can(permission: string): boolean;
  /** URL of a file of a theme (`icons.svg`) or of a plugin (`surveys/chart.css`), see `createAssets`. */
  asset(path: string): string;
  /** Panels for a place, in the order in which they are shown. Nothing when left out. */
  slots?(place: string): readonly PanelContribution[];
  /** Printed by `{{csrf}}`; no field without it. */
  readonly csrfToken?: string;
  /** A fresh idempotency key for `{{once}}`. Random when left out. */
  once?(): string;
  /** This page's own URL; where “retry” of a failed panel leads. */
  readonly url?: string;
  /** `light` or `dark` when the viewer chose one; printed as `data-theme`. */
  readonly theme?: string;
  /** Frame of the page, read by layouts as `@page.…`: see the comments in the theme's `layout/`. */
  readonly page?: Readonly<Record<string, unknown>>;
}
