import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

/** The words of a union type in another package's source: kinds of trouble may be added there. */
const membersOf = (source: string, type: string): string[] =>
  [...(source.split(`type ${type} =`)[1]?.split(';')[0] ?? '').matchAll(/'([\w-]+)'/g)].map(
    ([, name = '']) => name,
  );

it.each(['ru', 'en'])(
  'explains each step, each kind of trouble with a mailbox and what each provider asks for (%s)',
  (language) => {
    const { mailbox } = JSON.parse(read(`locales/${language}.json`)) as {
      mailbox: Record<'step' | 'notStep' | 'trouble' | 'hint' | 'help', Record<string, string>>;
    };
    const steps = membersOf(read('../../core/contracts/mailbox-setup.ts'), 'MailboxStepName');
    const troubles = membersOf(read('../email/transport/mail-trouble.ts'), 'MailTroubleCode');
    const hints = membersOf(read('../email/transport/provider.ts'), 'ProviderHint');
    expect(steps.length).toBeGreaterThan(5);
    expect(troubles.length).toBeGreaterThan(10);
    expect(steps.filter((step) => !mailbox.step[step] || !mailbox.notStep[step])).toEqual([]);
    expect(troubles.filter((code) => !mailbox.trouble[code])).toEqual([]);
    expect(hints.length).toBeGreaterThan(3);
    expect(hints.filter((hint) => !mailbox.hint[hint] || !mailbox.help[hint])).toEqual([]);
  },
);
