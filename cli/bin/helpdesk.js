#!/usr/bin/env node
// Plain JavaScript, so that it is there before anything is built. In a checkout it builds what has changed; installed
// from a package it only runs.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const SKIPPED = new Set(['node_modules', 'dist', 'locales', 'public', 'data']);
const cli = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(cli, '..');
const args = process.argv.slice(2);

// What is loaded once at the start would make room for young objects that an idle desk never needs: see `start`.
setFlagsFromString('--semi-space-growth-factor=1');
// Node 22 and later keep compiled code between starts.
nodeModule.enableCompileCache?.();
if (existsSync(join(root, 'tsconfig.json')) && existsSync(join(cli, 'index.ts'))) buildWhenChanged();
if (args[0] === '--build-only') process.exit(0);

const { run } = await import('../dist/index.js');
process.exitCode = await run(args);
// Something that a plugin left open must not keep a finished command alive.
setTimeout(() => process.exit(), 2000).unref();

function buildWhenChanged() {
  const stamp = join(cli, 'dist', '.built');
  const sources = JSON.stringify(readSources());
  if (isBuilt() && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(compiler)) {
    process.stderr.write('TypeScript is not there to build this checkout.\n→ Run "npm ci".\n');
    process.exit(1);
  }
  process.stderr.write('Building what has changed…\n');
  const { status } = spawnSync(process.execPath, [compiler, '-b'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write('The build failed.\n→ Mend the errors above, then start again.\n');
    process.exit(1);
  }
  writeFileSync(stamp, sources);
}

function isBuilt() {
  return [join(root, 'core'), cli].every((dir) => existsSync(join(dir, 'dist', 'index.js')));
}

/** How many source files there are and when the newest was changed: a file that comes or goes counts as well. */
function readSources() {
  const seen = { files: 0, newest: 0 };
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.base.json']) note(seen, join(root, name));
  for (const dir of ['core', 'plugins', 'cli']) walk(seen, join(root, dir));
  return seen;
}

function walk(seen, dir) {
  if (!existsSync(dir)) return;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isDirectory()) {
      if (!SKIPPED.has(name)) walk(seen, join(dir, name));
    } else if (isSource(name)) note(seen, join(dir, name));
  }
}

function isSource(name) {
  if (name.endsWith('.ts')) return !name.endsWith('.test.ts');
  return name === 'package.json' || name === 'tsconfig.json';
}

function note(seen, file) {
  seen.files += 1;
  seen.newest = Math.max(seen.newest, statSync(file).mtimeMs);
}
