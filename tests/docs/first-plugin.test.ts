import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pluginFiles } from '../../cli/scaffold/plugin-files.js';

it('the first plugin of the guide is the one that the command writes', () => {
  const guide = readFileSync(new URL('../../docs/build/first-plugin.md', import.meta.url), 'utf8');
  expect(guide).toContain(`\`\`\`ts\n${pluginFiles({ name: 'counter', core: '^1.0.0' })['index.ts']}\`\`\``);
});
