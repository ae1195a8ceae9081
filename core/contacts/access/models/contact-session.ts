/** Where a contact is signed in. */
export interface ContactSessionRecord {
  readonly id: number;
  readonly device: string;
  readonly ip: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
}

const DAY = 24 * 3_600_000;
/** How long a customer stays signed in, in ms: unused, and at most. */
export const visitorLimits = { idleMs: 30 * DAY, absoluteMs: 90 * DAY } as const;

/** How long an agent may look as a customer, in ms. */
export const VIEW_AS_MS = 30 * 60_000;
