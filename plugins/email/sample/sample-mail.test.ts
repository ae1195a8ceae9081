import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { sampleMails } from './sample-mail.js';

const now = new Date('2026-03-11T13:00:00Z');

describe.each(['ru', 'en'] as const)('the sample letters in %s', (language) => {
  const mails = sampleMails(language, now);

  it('are a dozen, oldest first, of the last three days', () => {
    expect(mails).toHaveLength(12);
    expect(mails.map(({ date }) => date)).toEqual(
      mails.map(({ date }) => date).toSorted((a, b) => a.getTime() - b.getTime()),
    );
    expect(mails.every(({ date }) => date <= now && now.getTime() - date.getTime() < 3 * 86_400_000)).toBe(
      true,
    );
  });

  it('are ASCII with short lines, and read by a mail parser as they were meant', async () => {
    for (const { raw, subject, messageId, date, from } of mails) {
      expect(raw).toMatch(/^[\r\n\x20-\x7e]*$/);
      expect(Math.max(...raw.split('\r\n').map(({ length }) => length))).toBeLessThan(200);
      const parsed = await simpleParser(raw);
      expect(parsed).toMatchObject({ subject, messageId, date });
      expect(parsed.from?.value[0]?.address).toBe(from);
      expect(parsed.text?.length).toBeGreaterThan(20);
    }
  });

  it('have HTML, a file, an answer in a chain and an automatic reply among them', async () => {
    const parsed = await Promise.all(mails.map(({ raw }) => simpleParser(raw)));
    expect(parsed.filter(({ html }) => html && html.includes('<table')).length).toBe(1);
    expect(parsed.flatMap(({ attachments }) => attachments.map(({ contentType }) => contentType))).toEqual([
      'image/png',
    ]);
    expect(parsed.some(({ inReplyTo }) => mails.some(({ messageId }) => messageId === inReplyTo))).toBe(true);
    expect(parsed.some(({ headers }) => headers.get('auto-submitted') === 'auto-replied')).toBe(true);
  });

  it('name no address that could be real', () => {
    const addresses = mails.flatMap(({ raw }) => raw.match(/[\w.+-]+@[\w.-]+/g) ?? []);
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
  });
});
