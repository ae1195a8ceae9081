import type { CsvSeparator } from '@helpdesk/core';

export type SeparatorName = 'semicolon' | 'comma' | 'tab';

const separators: Readonly<Record<SeparatorName, CsvSeparator>> = { semicolon: ';', comma: ',', tab: '\t' };

/** What stands between cells, by its name on the command line. */
export const separatorOf = (name: SeparatorName): CsvSeparator => separators[name];
