import { Row } from '../../database/record.js';

/** One browser that is signed in. The token is in the cookie alone; here is its SHA-256. */
export class Session extends Row {
  static override tableName = 'sessions';

  declare hash: string;
  declare agentId: number;
  declare createdAt: string;
  declare lastSeenAt: string;
  declare expiresAt: string;
  declare ip: string;
  declare device: string;
}

export interface SessionRecord {
  readonly id: number;
  readonly device: string;
  readonly ip: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
}

/** How long a session lives, in ms: unused, and at most. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}
const HOUR = 3_600_000;
export const sessionLimits: SessionLimits = { idleMs: 8 * HOUR, absoluteMs: 30 * 24 * HOUR };

/** When a session ends if it is not used again. */
export function expiryOf(createdAt: Date, now: Date, limits: SessionLimits): string {
  const end = Math.min(now.getTime() + limits.idleMs, createdAt.getTime() + limits.absoluteMs);
  return new Date(end).toISOString();
}
