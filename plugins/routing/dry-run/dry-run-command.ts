import type { CommandDefinition, HostApp } from '@helpdesk/core';
import { isTimer } from '../rules/definition.js';
import { findRule, listRules, type RuleRecord } from '../rules/list-rules.js';
import { dryRun, DRY_RUN_TICKETS, type DryRun } from './dry-run.js';

const TICKETS_MOST = 50_000;

export const dryRunCommand: CommandDefinition = {
  name: 'routing:dry-run',
  summary: 'Tell what a rule would have done with the newest tickets; nothing is written',
  args: ['<rule>'],
  options: [
    { flags: '--tickets <n>', summary: `how many tickets, ${DRY_RUN_TICKETS} when left out` },
    { flags: '--json', summary: 'print JSON' },
  ],
  needs: 'app',
  async run({ app, args, options, output, errors }) {
    const rule = await find(app, args[0] ?? '');
    const limit = readLimit(options['tickets']);
    if (!rule || limit === undefined) {
      errors.write(
        rule ? `--tickets is a number up to ${TICKETS_MOST}\n` : `There is no rule "${args[0] ?? ''}"\n`,
      );
      return 2;
    }
    const result = await dryRun(app, rule.definition, limit);
    output.write(options['json'] ? `${JSON.stringify(result)}\n` : print(rule, result));
    return 0;
  },
};

/** By id or by name. */
async function find(app: HostApp, word: string): Promise<RuleRecord | undefined> {
  const named = (await listRules(app.db)).find(({ definition }) => definition.name === word);
  return named ?? (/^[1-9]\d{0,14}$/.test(word) ? findRule(app.db, Number(word)) : undefined);
}

function readLimit(given: string | boolean | undefined): number | undefined {
  if (given === undefined) return DRY_RUN_TICKETS;
  const limit = Number(given);
  return Number.isInteger(limit) && limit > 0 && limit <= TICKETS_MOST ? limit : undefined;
}

function print({ definition }: RuleRecord, { tickets, asked, caught }: DryRun): string {
  const lines = caught.map(({ number, at, trigger, actions }) => {
    const when = isTimer(trigger) ? `${trigger.on} ${trigger.minutes} min` : trigger.on;
    const done = actions.map(
      ({ action, isSoAlready }) => `${action.kind}${isSoAlready ? ' (so already)' : ''}`,
    );
    return `#${number}  ${at}  ${when}  ${done.join(', ')}`;
  });
  const head = `${definition.name}: ${caught.length} of ${tickets} tickets, asked on ${asked}. Nothing was written.`;
  return `${[head, ...lines].join('\n')}\n`;
}
