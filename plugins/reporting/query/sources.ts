import type { HostApp } from '@helpdesk/core';
import { factsOf, type FactSource } from '../contract.js';
import { DIMENSIONS, toDimension, type Dimension } from './dimensions.js';
import { MEASURES, toMeasure, type Measure } from './measures.js';

/** Everything that can be measured and grouped by: this plugin's, then what others contribute. */
export interface Sources {
  measures(): readonly Measure[];
  dimensions(): readonly Dimension[];
}

// With a dot, so that it is told from this plugin's own; it stands in addresses and CSV columns.
const KEY = /^[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9]+)+$/;
const isKeyed = ({ key }: { readonly key: string }): boolean => KEY.test(key);

/** Asked at use: plugins are switched on and off while the desk runs. */
export function createSources(app: Pick<HostApp, 'plugins' | 'service'>): Sources {
  const list = (): FactSource[] => app.plugins().flatMap(({ id }) => app.service(factsOf(id)) ?? []);
  return {
    measures: () => [
      ...MEASURES,
      ...list().flatMap(({ tables = [] }) =>
        tables.flatMap((table) => table.measures.filter(isKeyed).map((one) => toMeasure(table, one))),
      ),
    ],
    dimensions: () => [
      ...DIMENSIONS,
      ...list().flatMap(({ dimensions = [] }) => dimensions.filter(isKeyed).map(toDimension)),
    ],
  };
}
