import type { Composition } from './compose.js';
import type { PluginInstance } from './define-plugin.js';
import { providedServices, requiredServices } from './order-plugins.js';
import type { PluginInfo } from './plugin-info.js';

/** How every installed plugin stands. */
export function describePlugins(
  instances: readonly PluginInstance[],
  { draft, broken, hooks }: Composition,
  bootProblems: ReadonlyMap<string, string>,
): PluginInfo[] {
  const on = new Set(draft.plugins.map(({ id }) => id));
  const quarantined = hooks.health().filter((tap) => tap.quarantinedAt !== null);
  return instances.map((plugin) => {
    const problem = broken.get(plugin.id) ?? bootProblems.get(plugin.id) ?? null;
    return {
      id: plugin.id,
      version: plugin.version,
      description: plugin.manifest.description,
      state: problem !== null ? 'broken' : on.has(plugin.id) ? 'on' : 'off',
      problem,
      isLocked: plugin.enabled !== undefined,
      hasSettings: Object.keys(plugin.definition.settings ?? {}).length > 0,
      requires: requiredServices(plugin),
      provides: providedServices(plugin),
      quarantined: quarantined.filter((tap) => tap.plugin === plugin.id).map(({ hook }) => hook),
    };
  });
}
