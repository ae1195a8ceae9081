import type { SlotArgument, SlotUse } from './analyse-template.js';
import type { PanelContribution, RenderContext, SlotPlace } from './render-context.js';
import { safeHtml, type SafeHtml } from './safe-html.js';
import { slotKey } from './slot-key.js';

/** A panel that could not be shown; the page goes on without it. */
export interface PanelFailure {
  readonly owner: string;
  readonly place: string;
  readonly view: string;
  readonly error: unknown;
}

export interface PanelWork {
  readonly context: RenderContext;
  readonly budgetMs: number;
  /** Print a view that has no slots of its own. */
  printView(name: string, data: unknown): string;
  /** Print a partial; for the wrapping and for what stands in a failed panel's place. */
  printPartial(name: string, data: unknown): string;
  onFailure(failure: PanelFailure): void;
}

/**
 * Load the panels of all slots side by side and print them, by `slotKey`. Every panel has the same time;
 * one that throws or is late leaves `ui/panel-failed` in its place and nothing else changes.
 */
export async function loadPanels(
  slots: readonly SlotUse[],
  data: unknown,
  work: PanelWork,
): Promise<Map<string, SafeHtml>> {
  const printed = new Map<string, SafeHtml>();
  await Promise.all(
    slots.map(async (slot) => {
      const at = resolveArguments(slot.args, data);
      const shown = (work.context.slots?.(slot.name) ?? []).filter((panel) => isAllowed(panel, work.context));
      const parts = await Promise.all(shown.map((panel) => printPanel(panel, { slot, at }, work)));
      printed.set(slotKey(slot.name, at), safeHtml(parts.join('')));
    }),
  );
  return printed;
}

interface Place {
  slot: SlotUse;
  at: SlotPlace;
}

async function printPanel(panel: PanelContribution, { slot, at }: Place, work: PanelWork): Promise<string> {
  const { owner, title, icon, view } = panel;
  try {
    const data = panel.load === undefined ? at : await inTime(panel.load(at), work.budgetMs);
    if (data === undefined || data === null) return '';
    const body = work.printView(view, data);
    if (slot.wrap === undefined) return body;
    return work.printPartial(slot.wrap, { owner, title, icon, body: safeHtml(body) });
  } catch (error) {
    work.onFailure({ owner, place: slot.name, view, error });
    return printFailure(panel, slot, work);
  }
}

function printFailure(
  { owner, title, icon, view }: PanelContribution,
  slot: SlotUse,
  work: PanelWork,
): string {
  try {
    return work.printPartial('ui/panel-failed', { owner, title, icon, retry: work.context.url ?? '' });
  } catch (error) {
    work.onFailure({ owner, place: slot.name, view, error });
    return '';
  }
}

function isAllowed({ permission }: PanelContribution, context: RenderContext): boolean {
  return permission === undefined || context.can(permission);
}

async function inTime(loading: unknown, budgetMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The panel took longer than ${budgetMs} ms`)), budgetMs);
  });
  try {
    return await Promise.race([loading, late]);
  } finally {
    clearTimeout(timer);
  }
}

function resolveArguments(args: readonly SlotArgument[], data: unknown): SlotPlace {
  const entries = args.map(({ name, value }) => [
    name,
    'path' in value ? follow(data, value.path) : value.literal,
  ]);
  return Object.fromEntries(entries);
}

function follow(data: unknown, path: readonly string[]): unknown {
  let here = data;
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
    here = Reflect.get(here, part);
  }
  return here;
}
