export { beginImport, type BeginImport } from './begin-import.js';
export { fieldsOf, hatFields, joinColumn, splitColumn, MOST_HATS, type Column } from './columns.js';
export {
  findImport,
  listImports,
  type CsvImport,
  type ImportingApp,
  type ImportState,
  type RowCounts,
} from './csv-import.js';
export {
  CsvFault,
  csvEncodings,
  csvLimits,
  csvSeparators,
  csvSubjects,
  type CsvDialect,
  type CsvEncoding,
  type CsvRecord,
  type CsvSeparator,
  type CsvSubject,
} from './csv-types.js';
export { exportContacts, type ExportTable } from './export-contacts.js';
export { exportOrganizations } from './export-organizations.js';
export { exportProblems } from './export-problems.js';
export { forgetImport, forgetOldImports, IMPORT_KEPT_DAYS } from './forget-import.js';
export { headerOf, type CsvWords } from './header-of.js';
export { listProblems, type ListProblems } from './list-problems.js';
export { changeDialect, mapColumns, type ImportOutcome } from './map-import.js';
export { createCsvParser, type CsvParser } from './parse-csv.js';
export { readFirst } from './read-file.js';
export { type RowProblem } from './row-problem.js';
export { failPass, runPass, type RunPass } from './run-pass.js';
export { sayProblem } from './say-problem.js';
export { startCheck, startRun, stopImport, type StartPass } from './start-pass.js';
export { guardFormula, unguardFormula, writeCsvLine } from './write-csv.js';
