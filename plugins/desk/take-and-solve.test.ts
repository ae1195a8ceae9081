import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  addAccount,
  assignTicket,
  createRole,
  definePlugin,
  findTicket,
  keepRaw,
  readTimeline,
  type Channel,
  type CorePermission,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { visitAs, type Visitor } from './admin/visit-as.js';
import { desk as deskPlugin } from './index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const customer = { name: 'Ann', kind: 'email', value: 'ann@client.example' };

/** A channel that takes every letter for the same and sends nothing anywhere. */
const post: Channel = {
  id: 'post',
  title: 'post.title',
  icon: 'mail',
  identityKind: 'email',
  limits: { undoMs: 0, maxAttachmentBytes: 1000, canCc: true },
  parse: async (raw, account) => ({
    externalId: `<${raw.sha256}@client.example>`,
    inReplyTo: null,
    references: [],
    writtenAt: null,
    from: customer,
    to: [{ name: '', kind: 'email', value: account.address }],
    cc: [],
    subject: 'A question',
    text: 'Hello',
    quote: '',
    html: null,
    htmlVersion: null,
    attachments: [],
    fingerprint: raw.sha256,
    auto: null,
    bounce: null,
    flags: [],
    problem: null,
    language: null,
  }),
  freeze: ({ messageId }) => ({ externalId: `<${messageId}@desk.example>` }),
  async send(message, step) {
    await step.aboutToSend();
    return message.recipients.map((recipient) => ({ recipient, state: 'sent' }));
  },
};

describe.each(testEngines)('taking, and answering and solving at once, on %s', (engine) => {
  let desk: TestDesk;
  let folder: string;
  let account: number;
  let reader: Visitor;
  let answerer: Visitor;
  let solver: Visitor;
  let ticketId: number;
  let count = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-solve-'));
    const manifest = { name: 'plugin-post', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const plugin = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
      register: ({ channel }) => channel(post),
    });
    desk = await startTestDesk({
      engine,
      config: { plugins: [deskPlugin(), plugin({}, { enabled: true })] },
    });
    const address = 'help@desk.example';
    account = await addAccount(desk.app, {
      channel: 'post',
      lineId: 1,
      name: 'Help',
      address,
      config: {},
      actor,
    });
    reader = await visitWith('Reads', ['tickets.read', 'tickets.edit', 'tickets.solve', 'tickets.note']);
    answerer = await visitWith('Answers', ['tickets.read', 'tickets.reply', 'tickets.note']);
    solver = await visitWith('Solves', ['tickets.read', 'tickets.reply', 'tickets.solve']);
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    count += 1;
    const raw = Buffer.from(`letter ${count}`);
    // Far enough apart, or the next one would follow up on the ticket before.
    desk.clock.pass(60_000);
    await keepRaw(desk.app, { account: { id: account, channel: 'post' }, externalId: `${count}`, raw });
    await desk.drain();
    ({ id: ticketId } = (await desk.app.db('tickets').orderBy('id', 'desc').first('id')) as { id: number });
  });

  async function visitWith(name: string, permissions: readonly CorePermission[]): Promise<Visitor> {
    const made = await createRole(desk.app, { name, permissions, actor });
    if (!made.ok) throw new Error(made.because);
    return visitAs(desk, made.role.key);
  }
  const ticket = () => findTicket(desk.app.db, ticketId);
  const messages = async () => (await readTimeline(desk.app.db, { ticketId })).messages;
  const assign = async (who: Visitor, value: number) => {
    const { version } = await ticket();
    const fields = { value: String(value), version: String(version) };
    return (await who.post(`/desk/tickets/${ticketId}/assignee`, fields)).status;
  };
  const answer = async (who: Visitor, fields: Record<string, string>) => {
    const lastEventId = String((await messages()).at(-1)?.id ?? 0);
    const usual = { via: 'post', body: 'Done.', to: customer.value, lastEventId };
    return (await who.post(`/desk/tickets/${ticketId}/reply`, { ...usual, ...fields })).status;
  };

  it('whoever may answer takes what is nobody’s', async () => {
    expect(await assign(answerer, answerer.agentId)).toBe(303);
    expect(await ticket()).toMatchObject({ assigneeId: answerer.agentId });
  });

  it('nobody takes without the right to answer', async () => {
    expect(await assign(reader, reader.agentId)).toBe(403);
    expect(await ticket()).toMatchObject({ assigneeId: null });
  });

  it('nobody takes from a colleague, gives to one or gives up without the right to assign', async () => {
    expect(await assign(answerer, solver.agentId)).toBe(403);
    await assignTicket(desk.app, { ticketId, assigneeId: solver.agentId, actor });
    expect(await assign(answerer, answerer.agentId)).toBe(403);
    const { version } = await ticket();
    const nobody = { value: '', version: String(version) };
    expect((await solver.post(`/desk/tickets/${ticketId}/assignee`, nobody)).status).toBe(403);
    expect(await ticket()).toMatchObject({ assigneeId: solver.agentId });
  });

  it('whoever may answer and solve does both at once', async () => {
    expect(await answer(solver, { then: 'solve' })).toBe(303);
    expect(await ticket()).toMatchObject({ category: 'solved' });
  });

  it('nobody solves with an answer without the right to solve; nothing is sent', async () => {
    const before = (await messages()).length;
    expect(await answer(answerer, { then: 'solve' })).toBe(403);
    expect(await messages()).toHaveLength(before);
    expect(await ticket()).toMatchObject({ category: 'new' });
    expect(await answer(answerer, { then: 'wait' })).toBe(303);
    expect(await ticket()).toMatchObject({ category: 'waiting_customer' });
  });

  it('nobody answers without the right to, and a note solves nothing', async () => {
    expect(await answer(reader, { then: 'wait' })).toBe(403);
    expect(await answer(reader, { then: 'solve' })).toBe(403);
    expect(await answer(reader, { via: 'note', then: 'solve' })).toBe(303);
    expect(await answer(solver, { via: 'note' })).toBe(403);
    expect((await messages()).map(({ kind }) => kind)).toEqual(['incoming', 'note']);
    expect(await ticket()).toMatchObject({ category: 'new' });
  });
});
