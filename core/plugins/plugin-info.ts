/** How a plugin stands, for the administrator's page and `helpdesk list-plugins`. */
export interface PluginInfo {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  /** `broken`: switched on, but left out of this start; `problem` says why. */
  readonly state: 'on' | 'off' | 'broken';
  readonly problem: string | null;
  /** Switched in the config, so not in the browser. */
  readonly isLocked: boolean;
  readonly hasSettings: boolean;
  readonly requires: readonly string[];
  readonly provides: readonly string[];
  /** Taps that are skipped after repeated faults. */
  readonly quarantined: readonly string[];
}
