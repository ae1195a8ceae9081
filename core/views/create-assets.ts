import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A `public/` folder. Without an owner it is a theme's or the site's; its files have no prefix. */
export interface AssetFolder {
  readonly owner?: string;
  readonly dir: string;
}

export interface FoundAsset {
  readonly file: string;
  /** Whether the URL names this very content; such an answer may be kept for a year. */
  readonly immutable: boolean;
}

export interface Assets {
  /** URL with a hash of the content; the plain URL when there is no such file. */
  url(path: string): string;
  /** The file behind a URL path below the base, or nothing. Only files listed at the start can be found. */
  find(urlPath: string): FoundAsset | undefined;
}

/**
 * Files that pages link to. `icons.svg` of a theme is `<base>/<hash>/icons.svg`, a plugin's `surveys/x.css` is
 * `<base>/<hash>/surveys/x.css`. Folders that come first win. With `watch` hashes follow the files.
 */
export function createAssets(
  folders: readonly AssetFolder[],
  { base = '/assets', watch = false } = {},
): Assets {
  const files = new Map<string, { file: string; hash: string; modified: number }>();
  for (const { owner, dir } of folders) {
    for (const name of listFiles(dir)) {
      const path = owner === undefined ? name : `${owner}/${name}`;
      if (!files.has(path)) files.set(path, readAsset(join(dir, name)));
    }
  }

  function get(path: string) {
    const known = files.get(path);
    if (!watch || known === undefined || statSync(known.file).mtimeMs === known.modified) return known;
    const fresh = readAsset(known.file);
    files.set(path, fresh);
    return fresh;
  }

  return {
    url(path) {
      const asset = get(path);
      return asset === undefined ? `${base}/${path}` : `${base}/${asset.hash}/${path}`;
    },
    find(urlPath) {
      if (!urlPath.startsWith(`${base}/`)) return undefined;
      const rest = urlPath.slice(base.length + 1);
      const [, hash, path] = /^([0-9a-f]{12})\/(.+)$/.exec(rest) ?? [];
      const asset = get(path ?? rest);
      return asset && { file: asset.file, immutable: asset.hash === hash };
    },
  };
}

function readAsset(file: string) {
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  return { file, hash, modified: statSync(file).mtimeMs };
}

function listFiles(dir: string): string[] {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(dir.length + 1)
          .split(sep)
          .join('/'),
      );
  } catch {
    return [];
  }
}
