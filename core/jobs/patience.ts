/** How long one tap of `follow` may take. */
export const TAP_PATIENCE_MS = 5 * 60_000;
/** How long one batch may hold the writer before it is rolled back. */
export const BATCH_PATIENCE_MS = 30_000;
/** From when on a batch is called slow in the log, and made smaller. */
export const SLOW_BATCH_MS = 2000;
