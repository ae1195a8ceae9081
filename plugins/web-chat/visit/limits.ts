import { addressKey, createLimiter, type InboundContext } from '@helpdesk/core';
import { FILES_MOST } from '../files/kept-file.js';

const MINUTE = 60_000;
const MOST = 50_000;

/** How often in a minute; a house with one address has many people in it. */
export interface LimitOptions {
  readonly messagesPerVisitor: number;
  readonly messagesPerAddress: number;
  readonly newVisitorsPerAddress: number;
  readonly asksPerAddress: number;
  readonly filesPerAddress: number;
  /** In an hour: whoever fills a disk with files that no message takes along shall need long for it. */
  readonly megabytesPerAddress: number;
}

/** Counts in the memory of this process. Each answers 0, or how many seconds to wait. */
export interface Limits {
  message(ctx: InboundContext, visitor: string): number;
  newVisitor(ctx: InboundContext): number;
  ask(ctx: InboundContext): number;
  file(ctx: InboundContext, visitor: string, bytes: number): number;
}

export function createLimits(options: LimitOptions): Limits {
  const limiter = (points: number) => createLimiter({ points, windowMs: MINUTE, most: MOST });
  const visitors = limiter(options.messagesPerVisitor);
  const addresses = limiter(options.messagesPerAddress);
  const newcomers = limiter(options.newVisitorsPerAddress);
  const asks = limiter(options.asksPerAddress);
  const files = limiter(options.filesPerAddress);
  const ownFiles = limiter(FILES_MOST * 2);
  const megabytes = createLimiter({ points: options.megabytesPerAddress, windowMs: 60 * MINUTE, most: MOST });
  return {
    message: ({ ip, now }, visitor) => visitors.take(visitor, now) || addresses.take(addressKey(ip), now),
    newVisitor: ({ ip, now }) => newcomers.take(addressKey(ip), now),
    file: ({ ip, now }, visitor, bytes) =>
      ownFiles.take(visitor, now) ||
      files.take(addressKey(ip), now) ||
      megabytes.take(addressKey(ip), now, bytes / (1024 * 1024)),
    ask: ({ ip, now }) => asks.take(addressKey(ip), now),
  };
}
