import type { Verdict } from '../conditions/evaluate.js';
import { kindOf } from '../conditions/fields.js';
import { describeCondition, describeSeen, type Words } from './describe.js';

const SHOWN = 3;

/** What made a rule hold, in one line: "Segment: VIP; Subject: contains “boiler”". Undefined: it holds always. */
export function describeReasons({ groups }: Verdict, words: Words): string | undefined {
  const held = groups
    .filter(({ holds }) => holds)
    .flatMap(({ conditions }) => conditions.filter(({ holds }) => holds))
    .map((condition) => {
      const { field, seen } = condition;
      // A whole letter is no reason; what was looked for in it is.
      if (['text', 'tags', 'clock'].includes(kindOf(field) ?? 'text'))
        return describeCondition(condition, words);
      return `${words.t(`routing.field.${field}`)}: ${describeSeen(field, seen, words)}`;
    });
  const more = held.length > SHOWN ? ['…'] : [];
  return held.length > 0 ? [...held.slice(0, SHOWN), ...more].join('; ') : undefined;
}
