import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions: ['@helpdesk/source'] },
  ssr: { resolve: { conditions: ['@helpdesk/source'] } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    include: [
      'core/**/*.test.ts',
      'plugins/**/*.test.ts',
      'cli/**/*.test.ts',
      'themes/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tests/setup/servers.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
