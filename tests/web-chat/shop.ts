import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else's site with the chat on it, on an origin of its own, under the strictest policy it works with. */
export interface Shop {
  readonly origin: string;
  /** The address of a page. */
  page(options: { language?: string; attributes?: string }): string;
  stop(): Promise<void>;
}

export async function startShop(chat: () => { desk: string; key: string }): Promise<Shop> {
  const server = createServer((request, answer) => {
    const { desk, key } = chat();
    const asked = new URL(request.url ?? '/', 'http://shop');
    const policy = [
      "default-src 'none'",
      `script-src ${desk}`,
      `connect-src ${desk}`,
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ];
    answer.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy.join('; '),
    });
    const language = asked.searchParams.get('language') ?? 'en';
    answer.end(`<!doctype html><html lang="${language}"><head><title>Shop</title><meta name="viewport" content="width=device-width"></head>
<body><main><h1>Shop</h1><p>Heaters</p><a href="#a">A link</a></main>
<script src="${desk}/web-chat/widget.js" data-chat="${key}" async ${asked.searchParams.get('attributes') ?? ''}></script></body></html>`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    page: (options) => `${origin}/heaters?${new URLSearchParams(options).toString()}`,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
