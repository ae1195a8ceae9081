import type { CsvWords } from './header-of.js';

/** What is wrong with a row, in words. */
export const sayProblem = (words: CsvWords, problem: string): string => words(`core.csv.problem.${problem}`);
