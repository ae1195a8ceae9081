/** How one tap has been doing; the administrator's page lists these. */
export interface TapHealth {
  readonly plugin: string;
  readonly hook: string;
  runs: number;
  faults: number;
  totalMs: number;
  slowestMs: number;
  lastError: string | null;
  /** Set when the tap is skipped after too many faults. */
  quarantinedAt: number | null;
  recentFaults: number[];
}

const FAULTS_ALLOWED = 3;
const FAULT_WINDOW_MS = 10 * 60_000;

export function newTapHealth(plugin: string, hook: string): TapHealth {
  return {
    plugin,
    hook,
    runs: 0,
    faults: 0,
    totalMs: 0,
    slowestMs: 0,
    lastError: null,
    quarantinedAt: null,
    recentFaults: [],
  };
}

/** Notes a fault at `now` (ms); true when this one sends the tap into quarantine: 3 faults in 10 minutes. */
export function noteFault(health: TapHealth, error: string, now: number): boolean {
  health.faults += 1;
  health.lastError = error;
  health.recentFaults = [...health.recentFaults.filter((at) => now - at < FAULT_WINDOW_MS), now];
  if (health.recentFaults.length < FAULTS_ALLOWED || health.quarantinedAt !== null) return false;
  health.quarantinedAt = now;
  return true;
}
