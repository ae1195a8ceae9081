/**
 * One script out of modules that import from each other alone, each behind those that it needs while it is read. They share
 * one scope, so no two have a name in common.
 */
export function joinModules(modules: readonly string[]): string {
  const bodies = modules.map((text) =>
    text
      .replaceAll(/^import\s[^;]+;\n/gm, '')
      .replaceAll(/^export (?=const|let|function|async)/gm, '')
      .trim(),
  );
  return `(() => {\n'use strict';\n${bodies.join('\n')}\n})();\n`;
}
