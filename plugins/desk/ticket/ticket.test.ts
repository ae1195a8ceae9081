import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addAccount,
  changeAgent,
  createLine,
  definePlugin,
  findTicket,
  keepRaw,
  keepUpload,
  readTimeline,
  setPriority,
  signIn,
  tagTicket,
  typing,
  type Channel,
  type IncomingMessage,
  type OutgoingMessage,
  type TicketRecord,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import request from 'supertest';
import { visitAs, type Visitor } from '../admin/visit-as.js';
import { desk as deskPlugin } from '../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const ADDRESS = 'help@company.example';

interface Letter {
  from?: string;
  name?: string;
  subject?: string;
  text?: string;
  html?: string;
  cc?: string[];
  inReplyTo?: string;
  files?: { name: string; type: string; base64: string; contentId?: string }[];
}

const sent: OutgoingMessage[] = [];
let answer: 'sent' | 'failed' = 'sent';
const person = (value: string, name = '') => ({ name, kind: 'email', value });

/** A channel whose letters are JSON; what leaves is kept for the test. */
const postChannel = (store: () => TestDesk['app']): Channel => ({
  id: 'post',
  title: 'post.title',
  icon: 'mail',
  identityKind: 'email',
  limits: { undoMs: 10_000, maxAttachmentBytes: 10_000_000, canCc: true },
  async parse(raw, account): Promise<IncomingMessage> {
    const letter = JSON.parse(await readFile(raw.path, 'utf8')) as Letter;
    const attachments = await Promise.all(
      (letter.files ?? []).map(async ({ name, type, base64, contentId }) => ({
        ...(await store().files.put(Buffer.from(base64, 'base64'))),
        filename: name,
        contentType: type,
        contentId: contentId ?? null,
        inline: contentId !== undefined,
      })),
    );
    return {
      externalId: `<${raw.sha256}@client.example>`,
      inReplyTo: letter.inReplyTo ?? null,
      references: [],
      writtenAt: null,
      from: person(letter.from ?? 'pavel@client.example', letter.name ?? 'Pavel Gromov'),
      to: [person(account.address)],
      cc: (letter.cc ?? []).map((value) => person(value)),
      subject: letter.subject ?? 'A question',
      text: letter.text ?? 'Hello',
      quote: '',
      html: letter.html ?? null,
      htmlVersion: letter.html ? 1 : null,
      attachments,
      fingerprint: raw.sha256,
      auto: null,
      bounce: null,
      flags: [],
      problem: null,
      language: null,
    };
  },
  freeze: ({ messageId }) => ({ externalId: `<${messageId}@company.example>` }),
  async send(message, step) {
    await step.aboutToSend();
    sent.push(message);
    return message.recipients.map((recipient) =>
      answer === 'sent'
        ? { recipient, state: 'sent' }
        : { recipient, state: 'failed', reason: 'Mailbox full' },
    );
  },
});

describe('the page of a ticket', () => {
  let folder: string;
  let desk: TestDesk;
  let owner: Visitor;
  let line: number;
  let account: number;
  let count = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'post-'));
    const manifest = {
      name: 'test-plugin-post',
      version: '1.0.0',
      peerDependencies: { '@helpdesk/core': '*' },
      helpdesk: { enabledByDefault: true },
    };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const post = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
      register: ({ channel, app }) => channel(postChannel(() => app)),
    });
    desk = await startTestDesk({ config: { plugins: [deskPlugin(), post()] } });
    owner = await visitAs(desk);
    const made = await createLine(desk.app, { name: 'Support', actor });
    if (!made.ok) throw new Error(made.because);
    line = made.lineId;
    account = await addAccount(desk.app, {
      channel: 'post',
      lineId: line,
      name: 'Help',
      address: ADDRESS,
      config: {},
      actor,
    });
  });
  afterAll(async () => {
    await desk.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    answer = 'sent';
    desk.clock.pass(60_000);
    await desk.drain();
    sent.length = 0;
  });

  async function receive(letter: Letter = {}): Promise<TicketRecord> {
    count += 1;
    await keepRaw(desk.app, {
      account: { id: account, channel: 'post' },
      externalId: `letter ${count}`,
      raw: Buffer.from(JSON.stringify({ ...letter, number: count })),
    });
    await desk.drain();
    const row = await desk.app.db('messages').orderBy('id', 'desc').first('ticketId');
    return findTicket(desk.app.db, (row as { ticketId: number }).ticketId);
  }
  const last = async (ticketId: number) => (await readTimeline(desk.app.db, { ticketId })).messages.at(-1);
  const reply = async (ticket: TicketRecord, fields: Record<string, string> = {}) =>
    owner.post(`/desk/tickets/${ticket.id}/reply`, {
      via: 'post',
      body: 'We look **into** it.',
      to: 'pavel@client.example',
      lastEventId: String((await last(ticket.id))?.id ?? 0),
      ...fields,
    });

  it.each(['en', 'ru'])(
    'shows messages, events, recipients and the customer in %s, every text there',
    async (language) => {
      const ticket = await receive({ text: 'The boiler is cold', cc: ['boss@client.example'] });
      await setPriority(desk.app, { ticketId: ticket.id, priority: 3, actor });
      await tagTicket(desk.app, { ticketId: ticket.id, tag: 'boiler', actor });
      await reply(ticket);
      await changeAgent(desk.app, { agentId: owner.agentId, language, actor });
      const paths = ['/edit', '?text=1', ''].map((rest) => `/desk/tickets/${ticket.id}${rest}`);
      const others = ['/desk/search?q=boiler', '/desk/search', '/desk/replies', '/desk/tickets/new'];
      for (const path of [...others, ...paths]) {
        const { text } = await owner.get(path);
        expect(text).toContain(`<html lang="${language}"`);
        const words = text
          .slice(text.indexOf('<main'))
          .replaceAll(/<[^>]*>/g, ' ')
          .replaceAll('post.title', '');
        expect(words).not.toMatch(/\b(?:desk|core|ui)\.[a-zA-Z]+\.[a-zA-Z.]+/);
      }
      const page = await owner.get(`/desk/tickets/${ticket.id}`);
      await changeAgent(desk.app, { agentId: owner.agentId, language: 'en', actor });
      expect(page.status).toBe(200);
      expect(page.text).toContain('The boiler is cold');
      expect(page.text).toContain('<strong>into</strong>');
      expect(page.text).toContain('value="boss@client.example"');
      expect(page.text).not.toMatch(new RegExp(`name="cc" value="[^"]*${ADDRESS}`));
    },
  );

  it('sends an answer after the time for undo, owns and waits, and shows how far it came', async () => {
    const ticket = await receive();
    const page = await reply(ticket, { cc: 'boss@client.example' });
    expect(page.headers['location']).toContain(`/desk/tickets/${ticket.id}`);
    expect((await findTicket(desk.app.db, ticket.id)).category).toBe('waiting_customer');
    expect((await findTicket(desk.app.db, ticket.id)).assigneeId).toBe(owner.agentId);
    await desk.drain();
    expect(sent).toHaveLength(0);
    desk.clock.pass(11_000);
    await desk.drain();
    expect(sent[0]?.recipients.toSorted()).toEqual(['boss@client.example', 'pavel@client.example']);
    expect((await owner.get(`/desk/tickets/${ticket.id}`)).text).toContain('Sent');
  });

  it('takes an answer back while it is held; its text is the draft again', async () => {
    const ticket = await receive();
    await reply(ticket, { body: 'Too early' });
    const message = await last(ticket.id);
    const undone = await owner.post(`/desk/messages/${message?.id}/undo`);
    expect(undone.status).toBe(303);
    expect((await owner.get(`/desk/tickets/${ticket.id}`)).text).toContain('>Too early</textarea>');
    desk.clock.pass(11_000);
    await desk.drain();
    expect(sent).toHaveLength(0);
    const shown = /name="lastEventId" value="(\d+)"/.exec(
      (await owner.get(`/desk/tickets/${ticket.id}`)).text,
    )?.[1];
    expect((await reply(ticket, { body: 'Now', lastEventId: shown ?? '' })).status).toBe(303);
  });

  it('shows every copy as a tick, sends to those that stay, and keeps what was chosen in the draft', async () => {
    const ticket = await receive({ cc: ['boss@client.example', 'old@client.example'] });
    const chips = async () =>
      [
        ...(await owner.get(`/desk/tickets/${ticket.id}`)).text.matchAll(
          /type="checkbox" name="cc" value="([^"]+)"( checked)?/g,
        ),
      ].map(([, value, checked]) => `${value}${checked ? ' ✓' : ''}`);
    expect(await chips()).toEqual(['boss@client.example ✓', 'old@client.example ✓']);
    const fields = { via: 'post', body: 'Wait', to: 'pavel@client.example' };
    await owner.post(`/desk/tickets/${ticket.id}/draft`, { ...fields, cc: 'boss@client.example' });
    expect(await chips()).toEqual(['boss@client.example ✓', 'old@client.example']);
    const cc = ['boss@client.example', 'new@client.example; boss@client.example'];
    await owner.post(`/desk/tickets/${ticket.id}/reply`, { ...fields, cc, lastEventId: '999999' });
    const sentTo = (await last(ticket.id))?.participants.cc?.map(({ value }) => value);
    expect(sentTo).toEqual(['boss@client.example', 'new@client.example']);
  });

  it('gives the files of an undone answer back to the editor', async () => {
    const ticket = await receive();
    const key = await keepUpload(desk.app, {
      agentId: owner.agentId,
      filename: 'offer.pdf',
      contentType: 'application/pdf',
      content: Buffer.from('%PDF-'),
    });
    await reply(ticket, { keepFile: key });
    const message = await last(ticket.id);
    await owner.post(`/desk/messages/${message?.id}/undo`);
    const page = await owner.get(`/desk/tickets/${ticket.id}`);
    expect(page.text).toContain(`name="keepFile" value="${key}" checked`);
    expect(page.text).toContain('offer.pdf');
  });

  it('keeps no draft and no “is answering” of somebody who may not answer', async () => {
    const ticket = await receive();
    const observer = await visitAs(desk, 'observer');
    const draft = { via: 'post', body: 'Mine' };
    expect((await observer.post(`/desk/tickets/${ticket.id}/draft`, draft)).status).toBe(403);
    const path = `/desk/tickets/${ticket.id}/presence`;
    expect((await observer.post(path, { state: 'replying' })).status).toBe(403);
    expect((await observer.post(path, { state: 'viewing' })).status).toBe(200);
    expect(await desk.app.db('drafts').where({ ticketId: ticket.id })).toEqual([]);
  });

  it('shows the last reaction under its message, and none that was taken back', async () => {
    const ticket = await receive();
    const messageId = (await last(ticket.id))?.id ?? 0;
    const write = (table: string) => desk.app.database.writer(table);
    await write('messages').where({ id: messageId }).update({ flags: '["reacted"]' });
    const page = async () => (await owner.get(`/desk/tickets/${ticket.id}`)).text;
    for (const [text, shown] of [
      ['\u{1F525}', '\u{1F525}'],
      ['\u{1F44D}', '\u{1F44D}'],
      ['', undefined],
    ] as const) {
      const at = desk.app.now().toISOString();
      await write('messageEdits').insert({ messageId, kind: 'reacted', text, at });
      expect((await page()).match(/The customer reacted: (\S+?)</)?.[1]).toBe(shown);
    }
  });

  it('says that the customer is typing, and tells the customer’s chat while the agent does', async () => {
    const ticket = await receive();
    const path = `/desk/tickets/${ticket.id}/presence`;
    const isAnswered = () => typing(desk.app).isTyping(ticket.id, 'agent', desk.app.now());
    expect((await owner.post(path, { state: 'replying' })).text).not.toContain('is typing');
    expect(isAnswered()).toBe(true);
    typing(desk.app).note(ticket.id, 'contact', desk.app.now());
    expect((await owner.post(path, { state: 'viewing' })).text).toContain('The customer is typing…');
    expect(isAnswered()).toBe(false);
    expect((await owner.get(`/desk/tickets/${ticket.id}`)).text).toContain('The customer is typing…');
  });

  it('tells why an answer did not arrive and tries again on request', async () => {
    const ticket = await receive();
    await reply(ticket);
    answer = 'failed';
    desk.clock.pass(11_000);
    await desk.drain();
    const page = await owner.get(`/desk/tickets/${ticket.id}`);
    expect(page.text).toContain('Mailbox full');
    const retryUrl = /action="(\/desk\/deliveries\/\d+\/retry)"/.exec(page.text)?.[1] ?? '';
    answer = 'sent';
    await owner.post(retryUrl);
    await desk.drain();
    expect(sent).toHaveLength(2);
  });

  it('stops an answer when something newer has come, keeps the text, and sends it anyway on request', async () => {
    const ticket = await receive();
    const seen = await last(ticket.id);
    await receive({ text: 'One more thing', inReplyTo: seen?.externalId ?? '' });
    const page = await reply(ticket, { lastEventId: String(seen?.id), body: 'Careful <words>' });
    expect(page.status).toBe(409);
    expect(page.text).toContain('Careful &lt;words&gt;');
    expect(page.text).toContain('name="force"');
    const forced = await reply(ticket, { lastEventId: String(seen?.id), force: 'true' });
    expect(forced.status).toBe(303);
  });

  it('counts the same form twice once', async () => {
    const ticket = await receive();
    await reply(ticket, { _once: 'the-same-key' });
    await reply(ticket, { _once: 'the-same-key' });
    const { messages } = await readTimeline(desk.app.db, { ticketId: ticket.id });
    expect(messages.filter(({ kind }) => kind === 'outgoing')).toHaveLength(1);
  });

  it('refuses bad recipients, empty texts and places that nobody filled, and keeps what was typed', async () => {
    const ticket = await receive();
    const bad: Record<string, string>[] = [
      { cc: 'no address' },
      { to: '' },
      { body: 'Dear {{contact.name}}, hello' },
      { body: '  ', cc: 'boss@client.example' },
    ];
    for (const fields of bad) {
      const page = await reply(ticket, fields);
      expect(page.status).toBe(422);
      expect(page.text).toContain('aria-invalid="true"');
    }
    const kept = await reply(ticket, { cc: 'no address', body: 'Kept words' });
    expect(kept.text).toContain('Kept words');
    expect(kept.text).toContain('value="no address"');
  });

  it('writes notes that never leave, with files and a preview, and drafts', async () => {
    const ticket = await receive();
    await owner.post(`/desk/tickets/${ticket.id}/draft`, { via: 'note', body: 'Half a thought' });
    expect((await owner.get(`/desk/tickets/${ticket.id}`)).text).toContain('>Half a thought</textarea>');
    const looked = await owner.post(`/desk/tickets/${ticket.id}/reply`, {
      via: 'note',
      body: '*look*',
      do: 'preview',
    });
    expect(looked.text).toContain('<em>look</em>');
    const noted = await owner.post(`/desk/tickets/${ticket.id}/reply`, {
      via: 'note',
      body: 'Only for us @Olga',
    });
    expect(noted.status).toBe(303);
    const page = await owner.get(`/desk/tickets/${ticket.id}`);
    expect(page.text).toContain('<span class="mention">@Olga</span>');
    expect((await last(ticket.id))?.kind).toBe('note');
    desk.clock.pass(60_000);
    await desk.drain();
    expect(sent).toHaveLength(0);
  });

  it('changes properties; an old version is a conflict that says so', async () => {
    const ticket = await receive();
    const version = String(ticket.version);
    const change = (what: string, fields: Record<string, string>) =>
      owner.post(`/desk/tickets/${ticket.id}/${what}`, { expectedVersion: version, ...fields });
    expect((await change('priority', { value: '4' })).status).toBe(303);
    const late = await change('assignee', { value: String(owner.agentId) });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Somebody was quicker');
    expect(late.text).toContain('Olga Owner: priority: Urgent');
    const now = await findTicket(desk.app.db, ticket.id);
    expect(now).toMatchObject({ priority: 4, assigneeId: null });
    await owner.post(`/desk/tickets/${ticket.id}/solve`, { expectedVersion: String(now.version) });
    expect((await findTicket(desk.app.db, ticket.id)).category).toBe('solved');
    await owner.post(`/desk/tickets/${ticket.id}/reopen`);
    expect((await findTicket(desk.app.db, ticket.id)).category).toBe('open');
    const custom = { until: 'custom', customUntil: '2099-01-02T10:30', keep: 'true' };
    await owner.post(`/desk/tickets/${ticket.id}/snooze`, custom);
    expect((await findTicket(desk.app.db, ticket.id)).snoozedUntil).toBe('2099-01-02T10:30:00.000Z');
    for (const [what, value] of [
      ['assignee', '9999'],
      ['team', '9999'],
      ['line', '9999'],
      ['type', 'none-such'],
      ['status', 'none-such'],
    ])
      expect((await owner.post(`/desk/tickets/${ticket.id}/${what}`, { value: value ?? '' })).status).toBe(
        400,
      );
  });

  it('answers 404 for a foreign ticket in every route, and 403 to an observer who writes', async () => {
    const ticket = await receive({
      html: '<p>x <b>y</b></p>',
      files: [{ name: 'a.txt', type: 'text/plain', base64: 'YQ==' }],
    });
    await reply(ticket);
    const message = await last(ticket.id);
    const file = (await desk.app.db('attachments').orderBy('id', 'desc').first('key')) as { key: string };
    const observer = await visitAs(desk, 'observer');
    expect((await observer.get(`/desk/tickets/${ticket.id}`)).status).toBe(200);
    expect((await observer.post(`/desk/tickets/${ticket.id}/reply`, { via: 'note', body: 'x' })).status).toBe(
      403,
    );
    expect((await observer.post(`/desk/tickets/${ticket.id}/priority`, { value: '4' })).status).toBe(403);
    const strange = await visitAs(desk, 'agent');
    await changeAgent(desk.app, { agentId: strange.agentId, sees: 'lines', lineIds: [], actor });
    for (const path of [
      `/tickets/${ticket.id}`,
      `/tickets/${ticket.id}/presence`,
      `/files/${file.key}/a.txt`,
      `/messages/${message?.id}/body`,
    ])
      expect((await strange.get(`/desk${path}`)).status).toBe(404);
    for (const path of ['reply', 'draft', 'solve', 'priority', 'tags', 'presence'])
      expect(
        (
          await strange.post(`/desk/tickets/${ticket.id}/${path}`, {
            value: '1',
            body: 'x',
            state: 'viewing',
          })
        ).status,
      ).toBe(404);
    expect((await strange.post(`/desk/messages/${message?.id}/undo`)).status).toBe(404);
    expect((await strange.get('/desk/search?q=hello')).text).not.toContain(`/desk/tickets/${ticket.id}"`);
  });

  it('shows HTML in a frame that runs and loads nothing, pictures of its own from the desk', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]).toString('base64');
    const ticket = await receive({
      text: 'A table',
      html: '<table><tr><td>1</td></tr></table><img data-cid="logo@x"><img data-src="https://spy.example/p.gif">',
      files: [{ name: 'logo.png', type: 'image/png', base64: png, contentId: 'logo@x' }],
    });
    const message = await last(ticket.id);
    expect((await owner.get(`/desk/tickets/${ticket.id}`)).text).toContain(
      `/desk/messages/${message?.id}/body`,
    );
    expect((await owner.get(`/desk/tickets/${ticket.id}?text=1`)).text).toContain('A table');
    const body = await owner.get(`/desk/messages/${message?.id}/body`);
    expect(body.headers['content-security-policy']).toContain("default-src 'none'");
    expect(body.headers['x-frame-options']).toBe('SAMEORIGIN');
    const src = /src="(\/desk\/files\/[^"]+)"/.exec(body.text)?.[1] ?? '';
    const picture = await owner.get(src);
    expect(picture.headers['content-type']).toBe('image/png');
    expect(picture.headers['content-disposition']).toMatch(/^inline/);
    expect(body.text).not.toContain(' src="https://spy.example');
  });

  it('serves files by what their bytes are, under names that hide nothing', async () => {
    const html = Buffer.from('<script>alert(1)</script>').toString('base64');
    await receive({ files: [{ name: 'in\u202evoice"fdp.html\r\nX: y', type: 'image/png', base64: html }] });
    const { key } = (await desk.app.db('attachments').orderBy('id', 'desc').first('key')) as { key: string };
    const file = await owner.get(`/desk/files/${key}/x.html`);
    expect(file.headers['content-type']).toBe('application/octet-stream');
    expect(file.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
    expect(file.headers['x-content-type-options']).toBe('nosniff');
    expect(file.headers['content-disposition']).toMatch(
      /^attachment; filename="invoice_fdp.htmlX_ y"; filename\*=UTF-8''/,
    );
    expect(file.headers['x']).toBeUndefined();
  });

  it('keeps uploads when the form comes back, and sends them', async () => {
    const ticket = await receive();
    const cookie = await cookieOf(desk);
    const first = await request(desk.server)
      .post(`/desk/tickets/${ticket.id}/reply`)
      .set({ Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' })
      .field({ via: 'post', body: '', to: 'pavel@client.example' })
      .attach('files', Buffer.from('plan'), { filename: 'план.txt', contentType: 'text/plain' });
    expect(first.status).toBe(422);
    expect(first.text).toContain('план.txt');
    const key = /name="keepFile" value="([^"]+)"/.exec(first.text)?.[1] ?? '';
    await reply(ticket, { keepFile: key });
    desk.clock.pass(11_000);
    await desk.drain();
    expect(sent[0]?.attachments.map(({ filename }) => filename)).toEqual(['план.txt']);
  });

  it('is marked as read after the answer, but not when a browser only fetches ahead', async () => {
    const ticket = await receive();
    const read = () =>
      desk.app.db('ticketReads').where({ ticketId: ticket.id, agentId: owner.agentId }).first();
    await owner.get(`/desk/tickets/${ticket.id}`).set('Sec-Purpose', 'prefetch');
    await desk.app.signals.settled();
    expect(await read()).toBeUndefined();
    await owner.get(`/desk/tickets/${ticket.id}`);
    await desk.app.signals.settled();
    expect(await read()).toMatchObject({ messageId: (await last(ticket.id))?.id });
  });

  it('warns when somebody else writes at the same time', async () => {
    const ticket = await receive();
    const colleague = await visitAs(desk, 'supervisor');
    await colleague.post(`/desk/tickets/${ticket.id}/draft`, { via: 'post', body: 'I am on it' });
    const page = await owner.get(`/desk/tickets/${ticket.id}`);
    expect(page.text).toContain('Some supervisor is replying');
    const here = await owner.post(`/desk/tickets/${ticket.id}/presence`, { state: 'viewing' });
    expect(here.text).toContain('id="viewers"');
  });

  it('gives live pages the piece that an event changed', async () => {
    const ticket = await receive({ text: 'A live line' });
    await setPriority(desk.app, { ticketId: ticket.id, priority: 3, actor });
    const rows: { id: number; name: string }[] = await desk.app.db('events').where({ ticketId: ticket.id });
    const piece = async (name: string) =>
      owner.get(`/desk/tickets/${ticket.id}/events/${rows.find((row) => row.name === name)?.id}`);
    expect((await piece('message.received')).text).toMatch(/^<article[^>]* id="ev-m/);
    expect((await piece('ticket.prioritised')).text).toContain('priority: High');
    expect((await piece('ticket.opened')).status).toBe(204);
    const other = await receive({ from: 'other@client.example' });
    expect((await owner.get(`/desk/tickets/${other.id}/events/${rows[0]?.id}`)).status).toBe(404);
  });

  it('is opened by its number, linked with others and given to another customer', async () => {
    const ticket = await receive();
    const other = await receive({ from: 'vera@client.example', name: 'Vera Lapina' });
    const byNumber = await owner.get(`/desk/tickets/number/${ticket.number}`);
    expect(byNumber.headers['location']).toBe(`/desk/tickets/${ticket.id}`);
    expect((await owner.get('/desk/tickets/number/999999')).status).toBe(404);
    expect((await owner.get(`/desk/tickets/${ticket.id}/edit?q=vera`)).text).toContain('Vera Lapina');
    const wrong = await owner.post(`/desk/tickets/${ticket.id}/link`, { number: '<999999>' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="&lt;999999&gt;"');
    await owner.post(`/desk/tickets/${ticket.id}/link?view=mine`, { number: `#${other.number}` });
    expect((await owner.get(`/desk/tickets/${ticket.id}`)).text).toContain(
      `href="/desk/tickets/${other.id}"`,
    );
    await owner.post(`/desk/tickets/${ticket.id}/contact`, { contactId: String(other.contactId) });
    expect((await findTicket(desk.app.db, ticket.id)).contactId).toBe(other.contactId);
    expect((await owner.post(`/desk/tickets/${ticket.id}/contact`, { contactId: '9999' })).status).toBe(404);
  });

  it('finds tickets by any form of a word, and contacts', async () => {
    const ticket = await receive({
      text: 'Наш термостат потерял связь',
      name: 'Зоя Термостатова',
      from: 'zoya@client.example',
    });
    const page = await owner.get(`/desk/search?q=${encodeURIComponent('термостаты')}`);
    expect(page.text).toContain('<mark>термостат</mark>');
    expect(page.text).toContain(`/desk/tickets/${ticket.id}#`);
    expect((await owner.get(`/desk/search?q=zoya`)).text).toContain('Зоя Термостатова');
    expect((await owner.get('/desk/search?q=unheardof')).text).toContain('Nothing for');
    expect((await owner.get(`/desk/search?q=${encodeURIComponent('<script>"')}`)).text).not.toContain(
      '<script>"',
    );
  });

  it('opens tickets by hand: what was heard, or by writing first; what was typed stays', async () => {
    expect((await owner.get('/desk/tickets/new')).status).toBe(200);
    const bad = await owner.post('/desk/tickets/new', {
      how: 'phone',
      priority: '2',
      subject: 'Kept subject',
      text: '',
    });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('value="Kept subject"');
    const call = {
      how: 'phone',
      priority: '3',
      subject: 'Called',
      text: 'Cold again',
      name: 'Ivan',
      phone: '+7 912 000-11-22',
      lineId: String(line),
    };
    const heard = await owner.post('/desk/tickets/new', call);
    expect(heard.headers['location']).toMatch(/^\/desk\/tickets\/\d+$/);
    const again = await owner.post('/desk/tickets/new', { ...call, name: 'Somebody' });
    const contacts = await Promise.all(
      [heard, again].map(
        async (page) =>
          (await findTicket(desk.app.db, Number(page.headers['location']?.split('/').pop()))).contactId,
      ),
    );
    expect(contacts[0]).toBe(contacts[1]);
    const wrong = await owner.post('/desk/tickets/new', { ...call, lineId: '9999' });
    expect(wrong.status).toBe(422);
    const unreachable = await owner.post('/desk/tickets/new', { ...call, how: String(account) });
    expect(unreachable.status).toBe(422);
    const written = await owner.post('/desk/tickets/new', {
      ...call,
      how: String(account),
      phone: '',
      email: 'ivan@client.example',
    });
    expect(written.status).toBe(303);
    desk.clock.pass(11_000);
    await desk.drain();
    expect(sent[0]?.recipients).toEqual(['ivan@client.example']);
  });

  it('keeps saved replies and fills them in', async () => {
    const ticket = await receive();
    expect((await owner.post('/desk/replies', { title: '', text: 'x' })).status).toBe(422);
    await owner.post('/desk/replies', {
      title: 'Hello',
      text: 'Dear {{contact.name}}, about {{ticket.number}}: {{other.thing}}',
    });
    const list = await owner.get('/desk/replies');
    expect(list.text).toContain('Hello');
    const id = /replies\?id(?:=|&#x3D;)(\d+)/.exec(list.text)?.[1] ?? '';
    const page = await owner.get(`/desk/tickets/${ticket.id}?insert=${id}`);
    expect(page.text).toContain(`Dear Pavel Gromov, about ${ticket.number}: {{other.thing}}</textarea>`);
    const inserted = await reply(ticket, { body: 'Typed before', insert: id });
    expect(inserted.status).toBe(200);
    expect(inserted.text).toContain('>Typed before\n\nDear Pavel Gromov');
    const changed = { id, title: 'Hello', text: 'Mine', expectedVersion: '1' };
    expect((await owner.post('/desk/replies', changed)).status).toBe(303);
    const late = await owner.post('/desk/replies', { ...changed, text: 'Late' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('>Late</textarea>');
    expect(late.text).toContain('Mine');
  });
});

async function cookieOf({ app, owner }: TestDesk): Promise<string> {
  const signedIn = await signIn(app, { ...owner, ip: '127.0.0.1', device: 'test' });
  if (!signedIn.ok) throw new Error(signedIn.because);
  return `hd=${signedIn.token}`;
}
