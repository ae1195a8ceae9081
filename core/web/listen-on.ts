import type { Server } from 'node:http';

/** @returns the port; another than asked for when that was 0 */
export function listenOn(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    });
  });
}

const CLOSE_PATIENCE_MS = 5000;

/** Lets requests end; what is still open after 5 s is cut. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    // Live streams never end by themselves.
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_PATIENCE_MS);
    server.close(() => {
      clearTimeout(timer);
      done();
    });
    server.closeIdleConnections();
  });
}
