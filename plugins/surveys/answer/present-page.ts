import type { HostApp } from '@helpdesk/core';
import { scoresOf, type Kind } from '../kinds/kind.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** Words of a customer's page: in the customer's language, whatever that of the desk is. */
export const sayIn =
  (app: Pick<HostApp, 't'>, language: 'ru' | 'en'): Say =>
  (key, values) =>
    app.t(language, key, values);

interface Shown {
  readonly say: Say;
  readonly kind: Kind;
  readonly question: string;
  readonly score: number | undefined;
  readonly comment: string;
  readonly mayContact: boolean;
  readonly ticket: { readonly number: number; readonly subject: string };
}

/** What the sheet with the question prints, for the customer and for the preview. */
export function presentSheet({ say, kind, question, score, comment, mayContact, ticket }: Shown) {
  return {
    question,
    about: say('surveys.page.about', { number: ticket.number, subject: ticket.subject }),
    legend: say('surveys.page.score'),
    isFaces: kind === 'csat',
    isSeven: kind === 'ces',
    low: kind === 'csat' ? undefined : say(`surveys.${kind}.low`),
    high: kind === 'csat' ? undefined : say(`surveys.${kind}.high`),
    scores: scoresOf(kind).map((value) => ({
      value,
      icon: `f${value}`,
      label: kind === 'csat' ? say(`surveys.csat.${value}`) : String(value),
      isChosen: value === score,
    })),
    comment,
    commentLabel: say('surveys.page.comment'),
    optional: say('surveys.page.optional'),
    mayContact,
    mayContactLabel: say('surveys.page.mayContact'),
    sendLabel: say('surveys.page.send'),
    hint: say('surveys.page.hint'),
    stopLabel: say('surveys.letter.stop'),
  };
}
