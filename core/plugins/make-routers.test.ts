import { describe, expect, it } from 'vitest';
import type { PluginInstance } from './define-plugin.js';
import type { Draft } from './draft.js';
import { makeRouters } from './make-routers.js';

const pagesUnder = (portal?: `/${string}`): string[] => {
  // The routers look at these alone.
  const draft = { routes: [] } as unknown as Draft;
  const plugin = { id: 'articles', definition: portal ? { mount: { portal } } : {} } as PluginInstance;
  const routers = makeRouters(draft, plugin);
  routers.portal.get('/', () => undefined);
  routers.portal.get('/:slug', () => undefined);
  return draft.routes.map(({ path }) => path);
};

describe('where pages for customers lie', () => {
  it('is the id of the plugin, the root, or a word that the plugin chose', () => {
    expect(pagesUnder()).toEqual(['/articles', '/articles/:slug']);
    expect(pagesUnder('/')).toEqual(['/', '/:slug']);
    expect(pagesUnder('/help')).toEqual(['/help', '/help/:slug']);
  });

  it.each(['/desk', '/api', '/inbound', '/a/b', '/Help', '/:x', '/health'] as const)(
    'cannot be %s',
    (path) => {
      expect(() => pagesUnder(path)).toThrow();
    },
  );
});
