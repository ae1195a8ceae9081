import { errors } from '../errors/errors.js';
import type { PluginInstance } from './define-plugin.js';

const idsOf = (services: Readonly<Record<string, { id: string }>> | undefined): string[] =>
  Object.values(services ?? {}).map(({ id }) => id);

export const requiredServices = ({ definition }: PluginInstance): string[] => idsOf(definition.requires);
export const providedServices = ({ definition }: PluginInstance): string[] => idsOf(definition.provides);

/**
 * Providers before those who need them, otherwise the order of the config. Optional services only order.
 * @returns the order, and for each plugin that cannot run the service it misses
 */
export function orderPlugins(plugins: readonly PluginInstance[]): {
  ordered: PluginInstance[];
  missing: Map<string, string>;
} {
  const missing = new Map<string, string>();
  const usable = withoutMissing(plugins, missing);
  const ordered: PluginInstance[] = [];
  const visiting = new Set<string>();
  const visit = (plugin: PluginInstance) => {
    if (ordered.includes(plugin)) return;
    if (visiting.has(plugin.id))
      throw errors.PLUGIN_INVALID({ plugin: plugin.id, because: 'it requires itself in a circle' });
    visiting.add(plugin.id);
    const wanted = [...requiredServices(plugin), ...idsOf(plugin.definition.optional)];
    for (const other of usable)
      if (other !== plugin && providedServices(other).some((id) => wanted.includes(id))) visit(other);
    visiting.delete(plugin.id);
    ordered.push(plugin);
  };
  for (const plugin of usable) visit(plugin);
  return { ordered, missing };
}

/** Leaving one out may take away what another needs, so this goes on until nothing changes. */
function withoutMissing(plugins: readonly PluginInstance[], missing: Map<string, string>): PluginInstance[] {
  let usable = [...plugins];
  for (;;) {
    const provided = new Set(usable.flatMap(providedServices));
    const kept = usable.filter((plugin) => {
      const lacking = requiredServices(plugin).find((id) => !provided.has(id));
      if (lacking !== undefined) missing.set(plugin.id, lacking);
      return lacking === undefined;
    });
    if (kept.length === usable.length) return kept;
    usable = kept;
  }
}
