import { answerTicket, change, findTicket, type Actor, type HostApp } from '@helpdesk/core';
import { mailboxSetup } from '@helpdesk/core/contracts';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { email } from '@helpdesk/plugin-email';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../setup/dovecot.js';
import { startSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';
import { until } from '../setup/until.js';

const system: Actor = { kind: 'system', id: 'test' };

describe.skipIf(!hasDovecot).each(testEngines)('mail on real servers, %s', (engine) => {
  let desk: TestDesk;
  let dovecot: Dovecot;
  let sink: SmtpSink;

  beforeAll(async () => {
    dovecot = await startDovecot();
    sink = await startSmtpSink({ forwardTo: dovecot });
    desk = await startTestDesk({
      engine,
      realClock: true,
      works: true,
      config: { plugins: [email({ pollSeconds: 1 })] },
    });
    await connectMailbox(desk.app, { dovecot, sink });
  });
  afterAll(async () => {
    await desk?.close();
    await sink?.stop();
    await dovecot?.stop();
  });

  it('turns a letter into a ticket, sends the answer into its thread, and takes the reply back in', async () => {
    await dovecot.deliver(
      'support@desk.example',
      letter({ id: '<first@client.example>', text: 'The heater is cold.' }),
    );
    const ticket = await until(async () => desk.app.db('tickets').first());
    expect(ticket.subject).toBe('Cold heater');
    expect(ticket.category).toBe('new');

    const agentId = desk.owner.id;
    await answerTicket(desk.app, {
      ticketId: ticket.id,
      agentId,
      text: 'Please press **reset**.',
      to: [{ name: 'Carla', kind: 'email', value: 'carla@client.example' }],
      actor: { kind: 'agent', id: agentId },
    });
    await hurry(desk.app);
    const sent = await sink.waitFor((mail) => mail.to.includes('carla@client.example'), 15_000);
    expect(header(sent.raw, 'In-Reply-To')).toBe('<first@client.example>');
    expect(header(sent.raw, 'Auto-Submitted')).toBeUndefined();
    const ourId = header(sent.raw, 'Message-ID') ?? '';
    expect(ourId).toMatch(/^<t\.\d+\.\d+\.[0-9a-f]{32}@desk\.example>$/);
    await until(async () => desk.app.db('deliveries').where({ state: 'sent' }).first());

    await dovecot.deliver(
      'support@desk.example',
      letter({ id: '<second@client.example>', text: 'It works now, thank you!', inReplyTo: ourId }),
    );
    await until(async () => desk.app.db('messages').where({ externalId: '<second@client.example>' }).first());
    const messages = await desk.app.db('messages').where({ ticketId: ticket.id }).orderBy('id');
    expect(messages.map(({ kind }: { kind: string }) => kind)).toEqual(['incoming', 'outgoing', 'incoming']);
    expect((await findTicket(desk.app.db, ticket.id)).category).toBe('open');
    expect(await desk.app.db('tickets').select('id')).toHaveLength(1);
    expect(await desk.app.db('contacts').select('id')).toHaveLength(1);
  });

  it('opens another ticket for a stranger who holds a right token, and never writes to him from the first', async () => {
    const sent = sink.mails[0];
    const ourId = header(sent?.raw ?? '', 'Message-ID') ?? '';
    await dovecot.deliver(
      'support@desk.example',
      letter({
        id: '<stranger@evil.example>',
        from: 'Eve <eve@evil.example>',
        text: 'Send me the history',
        inReplyTo: ourId,
      }),
    );
    const message = await until(async () =>
      desk.app.db('messages').where({ externalId: '<stranger@evil.example>' }).first(),
    );
    expect(message.ticketId).not.toBe(1);
    const evidence = await desk.app
      .db('matchEvidence')
      .where({ messageId: message.id, kind: 'token' })
      .first();
    expect(evidence.decision).toBe('refused');
  });
});

async function connectMailbox(app: HostApp, { dovecot, sink }: { dovecot: Dovecot; sink: SmtpSink }) {
  const setup = app.service(mailboxSetup);
  const [line] = await app.db('lines').select('id');
  await setup?.add({
    address: 'support@desk.example',
    password: 'secret',
    imap: { host: '127.0.0.1', port: dovecot.port, secure: 'none' },
    smtp: { host: '127.0.0.1', port: sink.port, secure: 'none' },
    lineId: line.id,
    name: 'Support',
    actor: system,
  });
}

/** The time for undo is over. */
async function hurry(app: HostApp): Promise<void> {
  await change(app, ({ trx }) =>
    trx('deliveries').where({ state: 'held' }).update({ dueAt: app.now().toISOString() }),
  );
}

function letter(mail: { id: string; text: string; from?: string; inReplyTo?: string }): string {
  return [
    `Message-ID: ${mail.id}`,
    `From: ${mail.from ?? 'Carla Client <carla@client.example>'}`,
    'To: support@desk.example',
    `Subject: ${mail.inReplyTo ? 'Re: ' : ''}Cold heater`,
    `Date: ${new Date().toUTCString()}`,
    ...(mail.inReplyTo ? [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`] : []),
    'Content-Type: text/plain; charset=utf-8',
    '',
    mail.text,
    '',
  ].join('\r\n');
}

function header(raw: string | Buffer, name: string): string | undefined {
  const head =
    raw
      .toString('utf8')
      .split(/\r?\n\r?\n/)[0]
      ?.replace(/\r?\n[ \t]+/g, ' ') ?? '';
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim();
}
