// Usage: node .ci/count-tests.mjs <vitest's JSON report>
// Names every test that did not run, then says "N passed, N failed"; exit code 1 unless every test passed.
import { readFileSync } from 'node:fs';

const [path = ''] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, 'utf8'));
const tests = report.testResults.flatMap((file) =>
  file.assertionResults.map((test) => ({ ...test, file: file.name.replace(`${process.cwd()}/`, '') })),
);
const broken = report.testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
);
const passed = tests.filter((test) => test.status === 'passed');
const failed = tests.filter((test) => test.status === 'failed');
const unrun = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');

for (const test of unrun) console.log(`did not run (${test.status}): ${test.file}: ${test.fullName}`);
for (const file of broken) console.log(`could not be run: ${file.name}: ${file.message}`);
console.log(`${passed.length} passed, ${failed.length + broken.length} failed`);
if (!report.success || passed.length === 0 || failed.length + broken.length + unrun.length > 0)
  process.exitCode = 1;
