import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/resolve-config.js';
import { createTexts, type Texts } from '../i18n/create-texts.js';
import { checkTheme, type TemplateProblem } from '../views/check-theme.js';
import { coreTextsDir, coreViews } from '../views/core-views.js';
import { readThemes } from '../views/read-themes.js';
import { coreDir } from './core-version.js';
import type { PluginInstance } from './define-plugin.js';
import { findThemeFolder } from './find-theme.js';
import { resolvePlugins } from './resolve-plugins.js';

/** Reads a theme's templates against the plugins of a config and names what will not work. Starts nothing. */
export function checkInstalledTheme(config: Config, dir: string): TemplateProblem[] {
  const plugins = resolvePlugins(config);
  const themes = readThemes(dir, findThemeFolder).map((theme) => theme.dir);
  const folders = plugins.map(({ id, manifest }) => ({ owner: id, dir: join(manifest.dir, 'views') }));
  return checkTheme(dir, { themes, folders: [...folders, coreViews], texts: textsOf(plugins, themes) });
}

function textsOf(plugins: readonly PluginInstance[], themes: readonly string[]): Texts {
  const texts = createTexts(['ru', 'en']);
  texts.addTexts('core', coreTextsDir);
  texts.addTexts('core', join(coreDir, 'agents'));
  const add = (owner: string, from: string) => {
    if (existsSync(join(from, 'locales'))) texts.addTexts(owner, from);
  };
  for (const { id, manifest } of plugins) add(id, manifest.dir);
  for (const theme of themes.toReversed()) add('ui', theme);
  return texts;
}
