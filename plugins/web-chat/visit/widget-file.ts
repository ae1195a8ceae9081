import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { PortalContext } from '@helpdesk/core';
import { joinModules } from './join-modules.js';

const NAMES = [
  'tag',
  'keep',
  'turns',
  'call',
  'state',
  'talk',
  'elements',
  'styles',
  'frame',
  'files',
  'lines',
  'draw',
  'attach',
  'use',
  'begin',
];
// Beside the sources, and one further up when they are built.
const places = ['../window/', '../../window/'].map((path) => new URL(path, import.meta.url));

/** The window itself as one script. */
export function readWidget(): string {
  const place = places.find((one) => existsSync(new URL('begin.js', one)));
  if (!place) throw new Error('the window of the web chat is not where it was installed');
  return joinModules(NAMES.map((name) => readFileSync(new URL(`${name}.js`, place), 'utf8')));
}

let script: { text: string; tag: string } | undefined;

/** Pages of other sites load it, so it may be used from anywhere; it holds nothing of anybody. */
export function sendWidget(ctx: PortalContext): void {
  script ??= tagged(readWidget());
  const { text, tag } = script;
  const isKnown = ctx.header('If-None-Match') === tag;
  ctx.send(isKnown ? '' : text, {
    type: 'text/javascript; charset=utf-8',
    status: isKnown ? 304 : 200,
    headers: {
      'Cache-Control': 'public, max-age=600',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      ETag: tag,
    },
  });
}

const tagged = (text: string) => ({
  text,
  tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`,
});
