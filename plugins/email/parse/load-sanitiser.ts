import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface Sanitiser {
  SANITISER_VERSION: number;
  sanitiseHtml: (
    html: string,
    options: { cid?: (contentId: string) => string | undefined; remoteImages: 'block' | 'keep' },
  ) => { html: string; remoteImages: number };
  escapeHtml: (text: string) => string;
}

let loaded: Promise<Sanitiser> | undefined;

/**
 * Core's sanitiser alone. The main door of core brings the web server and the database with it, which would
 * cost the parse worker its quick start and tens of megabytes.
 */
export function loadSanitiser(): Promise<Sanitiser> {
  loaded ??= importSanitiser();
  return loaded;
}

async function importSanitiser(): Promise<Sanitiser> {
  const isSource = import.meta.url.endsWith('.ts');
  const core = pathToFileURL(createRequire(import.meta.url).resolve('@helpdesk/core/package.json'));
  const [folder, extension] = isSource ? ['./html', 'ts'] : ['./dist/html', 'js'];
  const sanitise = await import(new URL(`${folder}/sanitise-html.${extension}`, core).href);
  const escape = await import(new URL(`${folder}/escape-html.${extension}`, core).href);
  return { ...sanitise, ...escape };
}
