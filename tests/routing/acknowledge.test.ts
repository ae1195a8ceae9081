import { findTicket, keepRaw, parseJson } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import { portal } from '@helpdesk/plugin-portal';
import { reporting } from '@helpdesk/plugin-reporting';
import { sla } from '@helpdesk/plugin-sla';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readyMade } from '../../plugins/routing/rules/ready-made.js';
import type { TraceDetail } from '../../plugins/routing/run/trace.js';
import { addTestMailbox } from '../faults/test-mailbox.js';
import { startSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';
import { savePolicy } from '../sla/sla-desk.js';
import { startRulesDesk, system, type RulesDesk } from './rules-desk.js';

interface Letter {
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly inReplyTo?: string;
  readonly headers?: readonly string[];
}
const HOUR = 3_600_000;

describe.each(testEngines)('every new request is acknowledged, %s', (engine) => {
  let at: RulesDesk;
  let sink: SmtpSink;
  let accountId: number;
  let count = 0;
  beforeEach(async () => {
    sink = await startSmtpSink();
    const plugins = [
      workspace(),
      email(),
      portal({}, { enabled: true }),
      reporting({}, { enabled: true }),
      sla(),
    ];
    at = await startRulesDesk(engine, plugins);
    accountId = await addTestMailbox(at.desk.app, sink.port);
    await at.rule(readyMade(at.desk.app, 'acknowledge'));
  });
  afterEach(async () => {
    await at.desk.close();
    await sink.stop();
  });

  const app = () => at.desk.app;

  /** A letter comes in. @returns its ticket */
  async function receive(letter: Letter = {}): Promise<number> {
    count += 1;
    const { from = 'Carla <carla@client.example>', subject = `Heater ${count}`, headers = [] } = letter;
    const id = `<${count}.${engine}@client.example>`;
    await take(
      id,
      [
        ...headers,
        `Message-ID: ${id}`,
        `From: ${from}`,
        'To: support@desk.example',
        `Subject: ${subject}`,
        'Date: Thu, 12 Mar 2026 09:00:00 +0000',
        ...(letter.inReplyTo ? [`In-Reply-To: ${letter.inReplyTo}`] : []),
        'Content-Type: text/plain; charset=utf-8',
        '',
        letter.text ?? 'The heater is cold.',
      ].join('\r\n'),
    );
    const row = await app().db('messages').where({ externalId: id }).first('ticketId');
    return row.ticketId;
  }
  async function take(externalId: string, raw: string): Promise<void> {
    await keepRaw(app(), { account: { id: accountId, channel: 'email' }, externalId, raw: Buffer.from(raw) });
    await at.desk.drain();
  }
  const why = async (ticketId: number) =>
    (await at.traces(ticketId)).map(({ detail }) => {
      const [one] = parseJson<TraceDetail | undefined>(detail, undefined)?.actions ?? [];
      return one?.why?.key ?? one?.outcome;
    });

  it('at once, on paper that no machine answers, and the customer waits on', async () => {
    const ticketId = await receive();
    const { number, firstRepliedAt, waitingSince, assigneeId, category } = await findTicket(
      app().db,
      ticketId,
    );
    expect(sink.mails).toHaveLength(1);
    const [mail] = sink.mails;
    expect(mail?.to).toEqual(['carla@client.example']);
    expect(mail?.headers.get('auto-submitted')).toBe('auto-replied');
    expect(mail?.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail?.headers.get('in-reply-to')).toBe(`<${count}.${engine}@client.example>`);
    expect(mail?.headers.get('from')).toMatch(/^"?Warm House"? <support@desk\.example>$/);
    const raw = mail?.raw.toString() ?? '';
    expect(raw).toContain(`We have received your request. Its number is ${number}.`);
    expect(raw).not.toMatch(/\{\{|heater is cold|We will answer/);
    expect({ firstRepliedAt, assigneeId, category }).toEqual({
      firstRepliedAt: null,
      assigneeId: null,
      category: 'new',
    });
    expect(waitingSince).not.toBeNull();
  });

  it('with the time that is promised, whose clock runs on; no report counts it as an answer', async () => {
    await app().switchPlugin('sla', true, system);
    await savePolicy(at.desk, { minutes: { first: 60 } });
    const ticketId = await receive();
    expect(sink.mails[0]?.raw.toString()).toMatch(/We will answer by Thursday, 12 March 2026 at \d\d:\d\d/);
    const clocks = await app().db('sla_clocks').where({ ticketId }).select('kind', 'state');
    expect(clocks).toContainEqual({ kind: 'first', state: 'running' });
    at.desk.clock.pass(61 * 60_000);
    await at.desk.drain();
    const late = await app().db('sla_clocks').where({ ticketId, kind: 'first' }).select('endedAt', 'used');
    expect(late).toMatchObject([{ endedAt: null }]);
    const fact = await app().db('reporting_tickets').where({ ticketId }).first();
    expect(fact).toMatchObject({ firstRepliedAt: null, firstRepliedBy: null });
    expect(await why(ticketId)).toEqual(['done']);
  });

  it('once: neither a further letter nor a further rule sends a second one', async () => {
    await at.rule(readyMade(app(), 'acknowledge'));
    const ticketId = await receive();
    expect(await why(ticketId)).toEqual(['done', 'routing.why.alreadyAnswered']);
    const inReplyTo = sink.mails[0]?.headers.get('message-id') ?? '';
    expect(await receive({ inReplyTo, text: 'And loud' })).toBe(ticketId);
    expect(sink.mails).toHaveLength(1);
  });

  it('no more than once an hour to one address', async () => {
    await receive();
    const second = await receive();
    await receive({ from: 'Bob <bob@client.example>' });
    expect(sink.mails.map(({ to }) => to[0])).toEqual(['carla@client.example', 'bob@client.example']);
    expect(await why(second)).toEqual(['routing.why.tooSoon']);
    at.desk.clock.pass(HOUR + 1);
    await receive();
    expect(sink.mails).toHaveLength(3);
  });

  it.each([
    ['Auto-Submitted: auto-generated', ''],
    ['Auto-Submitted: auto-replied', ''],
    ['Precedence: bulk', ''],
    ['Precedence: list', ''],
    ['List-Id: <all.client.example>', ''],
    ['Return-Path: <>', ''],
    ['X-Other: 1', 'No-reply <no-reply@client.example>'],
    ['X-Other: 1', 'Us <support@desk.example>'],
    ['X-Other: 1', 'Us <support+x@desk.example>'],
    ['X-Other: 1', 'Mail <MAILER-DAEMON@client.example>'],
  ])('never to what a machine sends: %s %s', async (header, from) => {
    await receive({ headers: [header], ...(from ? { from } : {}) });
    expect(sink.mails).toEqual([]);
  });

  it('two desks that acknowledge do not write to each other for ever', async () => {
    await receive({ from: 'Other desk <help@other.example>' });
    const ours = sink.mails[0]?.raw.toString() ?? '';
    // The other desk answers with what we would have sent ourselves.
    const theirs = ours
      .replace(/^From: .*$/m, 'From: Other desk <desk@other.example>')
      .replace(/^To: .*$/m, 'To: support@desk.example')
      .replace(/^Message-ID: .*$/im, 'Message-ID: <theirs@other.example>')
      .replace(/^(In-Reply-To|References): .*\r\n/gim, '');
    await take('<theirs@other.example>', theirs);
    const row = await app().db('messages').where({ externalId: '<theirs@other.example>' }).first();
    expect(row.auto).toBe('auto');
    expect(sink.mails).toHaveLength(1);
  });

  it('what was written on the public form, by mail, and nothing of it that could be a link', async () => {
    await request(at.desk.server)
      .post('/write')
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send({
        name: 'Win at www.evil.example',
        email: 'victim@client.example',
        subject: 'Money at https://evil.example',
        text: 'Click evil.example now',
        anyway: '1',
      })
      .expect(200);
    await at.desk.drain();
    const [mail] = sink.mails;
    expect(mail?.to).toEqual(['victim@client.example']);
    const { number } = await findTicket(app().db, 1);
    expect(mail?.headers.get('subject')).toBe(`Re: [#${number}]`);
    expect(mail?.headers.get('auto-submitted')).toBe('auto-replied');
    expect(mail?.raw.toString()).not.toContain('evil.example');
    expect(mail?.raw.toString()).toContain(`Its number is ${number}.`);
  });

  it('not what an agent wrote down by the phone', async () => {
    const contactId = await at.contact('Ann', 'ann@client.example');
    const ticketId = await at.open({ contactId });
    await at.desk.drain();
    expect(sink.mails).toEqual([]);
    expect(await why(ticketId)).toEqual(['routing.why.notWritten']);
  });
});
