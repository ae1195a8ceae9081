import { escapeHtml } from '@helpdesk/core';
import { scoresOf, type Kind } from '../kinds/kind.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** What an invitation says, and where its links lead. */
export interface Invitation {
  readonly kind: Kind;
  readonly question: string;
  readonly company: string;
  readonly ticket: { readonly number: number; readonly subject: string };
  readonly validDays: number;
  /** The page on which the answer is given; a score behind it is chosen beforehand. */
  readonly pageUrl: string;
  readonly stopUrl: string;
  readonly say: Say;
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const SUBJECT_MOST = 120;

/** A mail with a button for each score. A click chooses, it does not answer: programs click too. */
export function writeLetter(invitation: Invitation): Letter {
  const { question, ticket, say } = invitation;
  const subject = `${oneLine(question)} (${say('surveys.letter.number', { number: ticket.number })})`;
  return { subject, text: writeText(invitation), html: writeHtml(invitation) };
}

/** The same for a channel that sends words alone. */
export function writeText(invitation: Invitation): string {
  const { kind, question, company, validDays, stopUrl, say } = invitation;
  const scores = scoresOf(kind).toReversed();
  const links = scores.map((score) => `${scoreWords(invitation, score)}: ${scoreUrl(invitation, score)}`);
  return [
    question,
    about(invitation),
    links.join('\n'),
    say('surveys.letter.how', { days: validDays, count: validDays }),
    `${company}\n${say('surveys.letter.stop')}: ${stopUrl}`,
  ].join('\n\n');
}

const about = ({ ticket, say }: Invitation) =>
  say('surveys.letter.about', { number: ticket.number, subject: oneLine(ticket.subject) });

const scoreUrl = ({ pageUrl }: Invitation, score: number) => `${pageUrl}?score=${score}`;

/** "5, excellent" where scores have names, else the number. */
function scoreWords({ kind, say }: Invitation, score: number): string {
  return kind === 'csat' ? `${score} (${say(`surveys.csat.${score}`)})` : String(score);
}

const button =
  'display:inline-block;padding:10px 14px;border:1px solid #8a938d;border-radius:8px;color:#1d2b24;background-color:#ffffff;text-decoration:none;font-size:16px';
const small = 'color:#5a655f;font-size:13px';

function writeHtml(invitation: Invitation): string {
  const { kind, question, company, validDays, stopUrl, say } = invitation;
  const link = (score: number) => {
    const words = kind === 'csat' ? say(`surveys.csat.${score}`) : String(score);
    return `<a href="${escapeHtml(scoreUrl(invitation, score))}" style="${button}">${escapeHtml(words)}</a>`;
  };
  const ends = kind === 'csat' ? '' : `<p style="${small}">${escapeHtml(endsOf(kind, say))}</p>`;
  return [
    `<p style="font-size:18px"><b>${escapeHtml(question)}</b></p>`,
    `<p>${escapeHtml(about(invitation))}</p>`,
    `<p style="line-height:52px">${scoresOf(kind).map(link).join(' ')}</p>`,
    ends,
    `<p style="${small}">${escapeHtml(say('surveys.letter.how', { days: validDays, count: validDays }))}</p>`,
    `<p style="${small}">${escapeHtml(company)} · <a href="${escapeHtml(stopUrl)}">${escapeHtml(say('surveys.letter.stop'))}</a></p>`,
  ].join('\n');
}

/** "0 — not at all, 10 — certainly" */
const endsOf = (kind: Kind, say: Say) => `${say(`surveys.${kind}.low`)}, ${say(`surveys.${kind}.high`)}`;

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim().slice(0, SUBJECT_MOST);
