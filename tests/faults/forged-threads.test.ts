import { answerTicket, keepRaw, listAccounts, type HostApp } from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { email } from '@helpdesk/plugin-email';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTestMailbox } from './test-mailbox.js';

describe.each(testEngines)('forged threads, %s (P24)', (engine) => {
  let desk: TestDesk;
  let token = '';
  let ourId = '';

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [email()] } });
    await addTestMailbox(desk.app);
    await bring(desk.app, { n: 'first', from: 'carla@client.example' });
    await bring(desk.app, { n: 'other', from: 'otto@client.example' });
    const ticketId = (await ticketOf(desk.app, 'first')) ?? 0;
    await answerTicket(desk.app, {
      ticketId,
      agentId: desk.owner.id,
      text: 'An answer',
      to: [{ name: '', kind: 'email', value: 'carla@client.example' }],
      actor: { kind: 'agent', id: desk.owner.id },
    });
    const message = await desk.app.db('messages').where({ kind: 'outgoing' }).first();
    ourId = message.externalId;
    token = ourId.slice(1, ourId.indexOf('@'));
  });
  afterAll(() => desk?.close());

  it('joins for a participant with the right token, by header and behind a plus', async () => {
    await bring(desk.app, { n: 'good-1', from: 'carla@client.example', inReplyTo: ourId });
    await bring(desk.app, { n: 'good-2', from: 'carla@client.example', to: `support+${token}@desk.example` });
    const first = await ticketOf(desk.app, 'first');
    expect(await ticketOf(desk.app, 'good-1')).toBe(first);
    expect(await ticketOf(desk.app, 'good-2')).toBe(first);
  });

  it('never joins with a forged token, whoever writes', async () => {
    const [, ticket = '', message = '', mac = ''] = token.split('.');
    const macs = ['', mac.slice(0, 1), mac.slice(0, 15), mac.slice(0, 31), `${mac}0`, mac.repeat(30), mac.toUpperCase(),
      encodeURIComponent(`%${mac}`), '0'.repeat(32), mac.split('').toReversed().join(''), `${mac.slice(0, 31)}g`, `${mac}=`]; // prettier-ignore
    const forged = [
      ...macs.map((wrong) => `t.${ticket}.${message}.${wrong}`),
      `t.${Number(ticket) + 1}.${message}.${mac}`,
      `t.${ticket}.${Number(message) + 1}.${mac}`,
      `t.0${ticket}.${message}.${mac}`,
      `t.${ticket}.${message}.${mac}.${mac}`,
      `T.${ticket}.${message}.${mac}`,
    ].filter((one) => one !== token && /[0-9a-f]/i.test(one));
    const tries = forged.flatMap((wrong) => [
      { inReplyTo: `<${wrong}@desk.example>` },
      { references: `<${wrong}@desk.example>` },
      { to: `support+${wrong}@desk.example` },
    ]);
    const first = await ticketOf(desk.app, 'first');
    for (const [i, attempt] of [...tries, ...tries].slice(0, 100).entries()) {
      const from = i % 2 === 0 ? 'carla@client.example' : 'eve@evil.example';
      await bring(desk.app, { n: `forged-${i}`, from, ...attempt });
      const landed = await ticketOf(desk.app, `forged-${i}`);
      expect(landed, JSON.stringify(attempt)).not.toBe(first);
    }
  });

  it('opens a linked ticket for a stranger with the right token, and a new one for a number in a subject', async () => {
    const first = await ticketOf(desk.app, 'first');
    await bring(desk.app, { n: 'stranger', from: 'eve@evil.example', inReplyTo: ourId });
    const strange = await ticketOf(desk.app, 'stranger');
    expect(strange).not.toBe(first);
    expect(
      await desk.app.db('ticketLinks').where({ fromTicketId: strange, toTicketId: first }).first(),
    ).toMatchObject({
      kind: 'related',
    });
    await bring(desk.app, { n: 'number', from: 'eve@evil.example', subject: 'Re: hello [#1001]' });
    expect(await ticketOf(desk.app, 'number')).not.toBe(first);
    const [message] = await desk.app.db('messages').where({ externalId: '<number@x.example>' });
    const evidence = await desk.app
      .db('matchEvidence')
      .where({ messageId: message.id, kind: 'subject-number' })
      .first();
    expect(evidence).toMatchObject({ strength: 'weak', decision: 'maybe' });
  });
});

interface Letter {
  n: string;
  from: string;
  to?: string;
  subject?: string;
  inReplyTo?: string;
  references?: string;
}

async function bring(app: HostApp, letter: Letter): Promise<void> {
  const [account] = await listAccounts(app.db);
  const raw = [
    `Message-ID: <${letter.n}@x.example>`,
    `From: ${letter.from}`,
    `To: ${letter.to ?? 'support@desk.example'}`,
    `Subject: ${letter.subject ?? `Letter ${letter.n}`}`,
    'Date: Thu, 12 Mar 2026 09:00:00 +0000',
    ...(letter.inReplyTo ? [`In-Reply-To: ${letter.inReplyTo}`] : []),
    ...(letter.references ? [`References: ${letter.references}`] : []),
    '',
    `Text of ${letter.n}`,
    '',
  ].join('\r\n');
  if (!account) throw new Error('no mailbox');
  await keepRaw(app, { account, externalId: letter.n, raw: Buffer.from(raw) });
  await app.workers.intake.drain();
}

async function ticketOf(app: HostApp, n: string): Promise<number | undefined> {
  const message = await app
    .db('messages')
    .where({ externalId: `<${n}@x.example>` })
    .first('ticketId');
  return message?.ticketId;
}
