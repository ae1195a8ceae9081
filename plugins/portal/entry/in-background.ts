import type { HostApp } from '@helpdesk/core';

/** Does something after the answer is on its way, so that the time it takes tells nothing. */
export function inBackground({ signals, log }: HostApp, work: () => Promise<void>): void {
  setImmediate(() =>
    signals.track(
      work().catch((error: unknown) => log.error({ err: error }, 'a mail to a customer was not sent')),
    ),
  );
}
