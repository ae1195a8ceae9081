import { readFileSync } from 'node:fs';

export interface Samples {
  /** The files that a guide writes out, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** First lines of code that is in no file, other than what is typed into a shell. */
  readonly loose: readonly string[];
}

const FENCED = /(?:^`([^`\n]+)`:\n\n)?^```(\w*)\n([\s\S]*?)^```$/gm;

/** The code of a guide. A block behind a line that is a path and a colon is that file, whole. */
export function readSamples(guide: string): Samples {
  const text = readFileSync(new URL(`../../docs/build/${guide}`, import.meta.url), 'utf8');
  const files: Record<string, string> = {};
  const loose: string[] = [];
  for (const [, path, language, code = ''] of text.matchAll(FENCED)) {
    if (path !== undefined) files[path] = code;
    else if (language !== 'sh') loose.push(code.split('\n')[0] ?? '');
  }
  return { files, loose };
}
