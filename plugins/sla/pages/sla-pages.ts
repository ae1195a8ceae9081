import type { HostApp } from '@helpdesk/core';
import type { ReckonAll } from '../keep/keep-clocks.js';
import type { Segments } from '../segments.js';

export const SLA = '/desk/sla';
export const REPORT = '/desk/sla/report';

/** What the pages of this plugin work with beside their visit. */
export interface SlaPages {
  readonly app: HostApp;
  readonly segments: () => Segments | undefined;
  readonly reckon: ReckonAll;
}
export const page = { styles: ['sla/sla.css'] };
