import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestDesk } from '@helpdesk/core/testing';
import { addChat } from '../../plugins/web-chat/fake/drive-web-chat.js';
import { scriptTag } from '../../plugins/web-chat/site/setup.js';

/** A page of a shop with the chat on it. */
export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

const style =
  'body{margin:0;padding:72px 64px;background:#f6f3ee;color:#222;font:18px/1.6 system-ui,sans-serif}h1{font-size:44px}';

export async function startSite({ app, url }: Pick<TestDesk, 'app' | 'url'>): Promise<Site> {
  let tag = '';
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>Warm House</title><style>${style}</style><h1>Warmth that listens</h1><p>Thermostats and heaters for homes and offices.</p>${tag}`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { key } = await addChat(app, { origin, config: { hours: 'On weekdays from 9 to 18' } });
  tag = scriptTag(url, key);
  return {
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
