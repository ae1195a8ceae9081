import { formatTime, type HostApp } from '@helpdesk/core';

/** The card as the note that stays in the conversation, in the company's language. */
export function writeCard(
  app: Pick<HostApp, 'company' | 't' | 'now'>,
  card: { wanted: string | null; tried: string | null; promised: string | null; promisedAt: string | null },
): string {
  const { language, timeZone } = app.company;
  const say = (key: string) => app.t(language, `routing.tiers.card.${key}`);
  const by =
    card.promisedAt === null
      ? ''
      : ` (${app.t(language, 'routing.tiers.card.until', { at: formatTime(card.promisedAt, { language, timeZone, now: app.now().toISOString() }) })})`;
  return [
    `**${say('title')}**`,
    `${say('wanted')}: ${oneLine(card.wanted)}`,
    `${say('tried')}: ${oneLine(card.tried)}`,
    `${say('promised')}: ${oneLine(card.promised)}${by}`,
  ].join('\n\n');
}

// A note is Markdown: what was typed stays what was typed, on its one line.
const oneLine = (text: string | null) =>
  (text ?? '').replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|!]/g, String.raw`\$&`);
