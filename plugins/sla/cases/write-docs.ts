import { readFileSync, writeFileSync } from 'node:fs';
import { casesTable } from './cases-table.js';

// npx tsx -C @helpdesk/source plugins/sla/cases/write-docs.ts
const page = new URL('../../../docs/run/sla.md', import.meta.url);
const text = readFileSync(page, 'utf8');
const [before = ''] = text.split('<!-- cases -->');
writeFileSync(page, `${before}<!-- cases -->\n\n${casesTable()}\n`);
