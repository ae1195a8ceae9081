import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A plugin's (or core's) folder of templates. */
export interface ViewFolder {
  readonly owner: string;
  /** The `views/` folder itself. */
  readonly dir: string;
}

/** Where templates are looked for. A site's own folder is laid out like a theme. */
export interface TemplatePlaces {
  readonly site?: string;
  /** Theme folders: the chosen theme, then its parents. */
  readonly themes: readonly string[];
  readonly folders: readonly ViewFolder[];
}

/** Template files by name: `views` as `surveys/answer`, `partials` as `ui/field` or `surveys/score`. */
export interface TemplateFiles {
  readonly views: ReadonlyMap<string, string>;
  readonly partials: ReadonlyMap<string, string>;
}

/**
 * The lookup: site → theme → parent themes → the owner's folder. The first file found for a name is used.
 *
 *     <theme>/views/<owner>/<what>.hbs     overrides the view <owner>/<what>
 *     <theme>/partials/<path>.hbs          the partial <path>, also to override <owner>/<path> of a plugin
 *     <plugin>/views/<what>.hbs            the view <owner>/<what>
 *     <plugin>/views/partials/<path>.hbs   the partial <owner>/<path>
 */
export function findTemplates({ site, themes, folders }: TemplatePlaces): TemplateFiles {
  const views = new Map<string, string>();
  const partials = new Map<string, string>();
  for (const dir of site === undefined ? themes : [site, ...themes]) {
    addAll(partials, '', join(dir, 'partials'));
    addAll(views, '', join(dir, 'views'));
  }
  for (const { owner, dir } of folders) {
    addAll(partials, `${owner}/`, join(dir, 'partials'));
    addAll(views, `${owner}/`, dir, (name) => !name.startsWith('partials/'));
  }
  return { views, partials };
}

function addAll(
  into: Map<string, string>,
  prefix: string,
  dir: string,
  wanted?: (name: string) => boolean,
): void {
  for (const name of listTemplates(dir)) {
    if (wanted?.(name) !== false && !into.has(prefix + name))
      into.set(prefix + name, join(dir, `${name}.hbs`));
  }
}

/** Names of all `.hbs` files below a folder, with `/` between folders; none when there is no folder. */
export function listTemplates(dir: string): string[] {
  try {
    return readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.hbs'))
      .map((name) => name.slice(0, -'.hbs'.length).split(sep).join('/'))
      .toSorted();
  } catch {
    return [];
  }
}
