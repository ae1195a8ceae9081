import { lookup } from 'node:dns/promises';
import { isPublicAddress } from './public-address.js';

/** The world as pictures are fetched from it. */
export interface PictureNet {
  /** All IP addresses of a host name. */
  resolve(host: string): Promise<readonly string[]>;
  /** Whether a connection may be made there. */
  allows(address: string, port: number): boolean;
  /** For one picture, all redirects included. */
  readonly timeoutMs: number;
}

const PORTS: ReadonlySet<number> = new Set([80, 443]);

/** The public internet and nothing else. No setting widens it. */
export const publicNet: PictureNet = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  allows: (address, port) => PORTS.has(port) && isPublicAddress(address),
  timeoutMs: 10_000,
};
