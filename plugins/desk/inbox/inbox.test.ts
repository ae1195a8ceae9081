import {
  addAgent,
  assignTicket,
  createContact,
  createLine,
  findTicket,
  listLines,
  openTicket,
  saveDraft,
  snoozeTicket,
  solveTicket,
  tagTicket,
  waitForCustomer,
  type Viewer,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desk } from '../index.js';
import { visitAs, type Visitor } from '../admin/visit-as.js';
import { presence } from './presence.js';
import { neighbours } from './ticket-views.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const namesIn = (html: string) =>
  [...html.matchAll(/class="tk-link[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]+)</g)].map((hit) => hit[1]);
const undoIn = (html: string) => /name="token" value="([^"]+)"/.exec(html)?.[1] ?? '';

describe.each(testEngines)('the inbox on %s', (engine) => {
  let house: TestDesk;
  let owner: Visitor;
  let line: number;
  let contactId: number;

  beforeAll(async () => {
    house = await startTestDesk({ engine, config: { plugins: [desk()] } });
    owner = await visitAs(house);
    line = (await listLines(house.app.db))[0]?.id ?? 0;
    const identities = [{ kind: 'email', value: 'ann@example.com' }];
    contactId = await createContact(house.app, { name: 'Ann <b>Customer', identities, actor });
  }, 60_000);
  afterAll(() => house.close());

  async function open(subject: string, more: { lineId?: number } = {}): Promise<number> {
    house.clock.pass(60_000);
    const { ticketId } = await openTicket(house.app, {
      subject,
      contactId,
      lineId: more.lineId ?? line,
      text: 'Please help',
      agentId: house.owner.id,
      first: { kind: 'heard', channel: 'phone' },
      actor,
    });
    return ticketId;
  }
  const list = async (query = '', visitor = owner) =>
    (await visitor.get(`/desk/inbox${query}`).expect(200)).text;
  const follow = async (
    path: string,
    fields: Record<string, string | readonly string[]>,
    visitor = owner,
  ) => {
    const answer = await visitor.post(path, fields).expect(303);
    const cookie = [answer.headers['set-cookie']].flat().find((text) => text?.startsWith('hd-flash='));
    const page = visitor.get(answer.headers['location'] as string);
    // The flash rides in a cookie beside the session's.
    const session = (page as unknown as { get(name: string): string }).get('Cookie');
    return (await page.set('Cookie', `${String(session)}; ${cookie?.split(';')[0]}`)).text;
  };

  it('says why it is empty on the first day', async () => {
    const text = await list();
    expect(text).toContain('No tickets yet.');
    expect(text).toContain('/desk/settings/mailboxes');
  });

  it('leads the start page to the list', async () => {
    await owner.get('/desk').expect(303).expect('Location', '/desk/inbox');
  });

  it('shows who waits longest first, with what is written escaped', async () => {
    await open('First in line');
    await open('Second <script>in line');
    const text = await list();
    expect(namesIn(text)).toEqual(['First in line', 'Second &lt;script&gt;in line']);
    expect(text).toContain('Ann &lt;b&gt;Customer');
    expect(text).toContain('Waiting since today');
    expect(namesIn(await list('?order=newest'))[0]).toContain('Second');
  });

  it('narrows by what stands in the address, and ignores what nobody can mean', async () => {
    const id = await open('Tagged one');
    await tagTicket(house.app, { ticketId: id, tag: 'vip', actor });
    await assignTicket(house.app, { ticketId: id, assigneeId: house.owner.id, actor });
    expect(namesIn(await list('?view=mine'))).toEqual(['Tagged one']);
    expect(namesIn(await list('?assignee=me&tag=1'))).toEqual(['Tagged one']);
    expect(namesIn(await list('?view=unassigned'))).not.toContain('Tagged one');
    expect(await list('?priority=4&channel=phone')).toContain('No tickets match these filters.');
    for (const odd of [
      '?priority=9&line=-1&tag=x',
      '?after=nonsense~1',
      '?view=%00&order=;drop',
      '?waiting=1e9',
      '?saved=999',
    ])
      expect(namesIn(await list(odd)).length).toBeGreaterThan(2);
  });

  it('puts tickets into the view of their state', async () => {
    const waits = await open('Waits for Ann');
    await waitForCustomer(house.app, { ticketId: waits, actor });
    const asleep = await open('Sleeps');
    const until = new Date(house.clock.now().getTime() + 3_600_000).toISOString();
    await snoozeTicket(house.app, { ticketId: asleep, until, actor });
    const done = await open('Is done');
    await solveTicket(house.app, { ticketId: done, actor });
    expect(namesIn(await list('?view=waiting'))).toEqual(['Waits for Ann']);
    expect(namesIn(await list('?view=snoozed'))).toEqual(['Sleeps']);
    expect(namesIn(await list('?view=solved'))).toEqual(['Is done']);
    expect(await list()).toContain('Waiting on the customer or others');
  });

  it('reads the next page from where the last ended', async () => {
    const old = namesIn(await list()).length;
    for (let n = old; n < 53; n += 1) await open(`Many ${n}`);
    const first = await list();
    const next =
      /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? '';
    const second = (await owner.get(next).expect(200)).text;
    expect(namesIn(first)).toHaveLength(50);
    expect(namesIn(second)).toHaveLength(3);
    expect(namesIn(first).filter((name) => namesIn(second).includes(name))).toEqual([]);
  });

  it('shows own drafts, and that a colleague is replying', async () => {
    const id = await open('Drafted');
    await saveDraft(house.app, { agentId: house.owner.id, ticketId: id, mode: 'reply', text: 'Dear' });
    expect((await owner.get(`/desk/inbox/rows/${id}`).expect(200)).text).toContain('Draft:');
    presence(house.app).note({
      ticketId: id,
      agentId: 99,
      name: 'Maria',
      state: 'replying',
      at: house.clock.now(),
    });
    expect((await owner.get(`/desk/inbox/rows/${id}`)).text).toContain('Maria is replying');
  });

  it('knows the tickets beside one in the list it was opened from', async () => {
    const viewer: Viewer = { agentId: house.owner.id, role: 'owner', permissions: 'all', lineIds: 'all' };
    const a = await open('Beside a');
    const b = await open('Beside b');
    const c = await open('Beside c');
    expect(await neighbours(house.app, viewer, 'all~order=oldest', b)).toEqual({ previous: a, next: c });
    expect(await neighbours(house.app, viewer, 'all~order=newest', b)).toEqual({ previous: c, next: a });
    expect(await neighbours(house.app, viewer, 'mine', 987_654)).toEqual({ previous: null, next: null });
  });

  it('takes and solves many at once, says what was skipped, and takes it back', async () => {
    const a = await open('Bulk a');
    const b = await open('Bulk b');
    await solveTicket(house.app, { ticketId: b, actor });
    const text = await follow('/desk/inbox/bulk', {
      id: [String(a), String(b), '987654'],
      do: 'solve',
      back: 'mine',
    });
    expect(text).toContain('1 solved, 2 skipped: already solved, no such ticket');
    expect(await findTicket(house.app.db, a)).toMatchObject({ category: 'solved' });
    await owner
      .post('/desk/inbox/undo', { token: undoIn(text) })
      .expect(303)
      .expect('Location', '/desk/inbox?view=mine');
    expect(await findTicket(house.app.db, a)).toMatchObject({ category: 'open' });
    const taken = await follow('/desk/inbox/bulk', { id: String(a), do: 'take' });
    expect(await findTicket(house.app.db, a)).toMatchObject({ assigneeId: house.owner.id });
    await owner.post('/desk/inbox/undo', { token: undoIn(taken) }).expect(303);
    expect(await findTicket(house.app.db, a)).toMatchObject({ assigneeId: null });
    await owner.post('/desk/inbox/undo', { token: 'made-up' }).expect(404);
  });

  it('tags, snoozes and prioritises many, each with a way back', async () => {
    const id = await open('Bulk c');
    const one = String(id);
    const tagged = await follow('/desk/inbox/bulk', { id: one, do: 'tag', newTag: 'fresh' });
    expect((await owner.get(`/desk/inbox/rows/${id}`)).text).toContain('>fresh<');
    await owner.post('/desk/inbox/undo', { token: undoIn(tagged) });
    expect((await owner.get(`/desk/inbox/rows/${id}`)).text).not.toContain('>fresh<');
    const urgent = await follow('/desk/inbox/bulk', { id: one, priority: '4' });
    expect(await findTicket(house.app.db, id)).toMatchObject({ priority: 4 });
    await owner.post('/desk/inbox/undo', { token: undoIn(urgent) });
    const asleep = await follow('/desk/inbox/bulk', { id: one, snooze: 'tomorrow' });
    expect(await findTicket(house.app.db, id)).toMatchObject({ priority: 2, bucket: 'snoozed' });
    await owner.post('/desk/inbox/undo', { token: undoIn(asleep) });
    expect(await findTicket(house.app.db, id)).toMatchObject({ bucket: 'open' });
    await owner.post('/desk/inbox/bulk', { id: one, priority: '7' }).expect(422);
    await owner.post('/desk/inbox/bulk', { id: one, assign: '12345' }).expect(404);
  });

  it('shows an agent the tickets of his lines alone, and lets him change no others', async () => {
    const made = await createLine(house.app, {
      name: 'Secret',
      actor: { kind: 'agent', id: house.owner.id, door: 'test' },
    });
    if (!made.ok) throw new Error(made.because);
    const secret = await open('Of another line', { lineId: made.lineId });
    await addAgent(house.app, {
      email: 'agent@helpdesk.example',
      password: 'correct horse battery',
      name: 'Some agent',
      role: 'agent',
      sees: 'lines',
      lineIds: [line],
      actor,
    });
    const agent = await visitAs({
      ...house,
      owner: { email: 'agent@helpdesk.example', password: 'correct horse battery' },
    });
    const text = await list('?order=newest', agent);
    expect(text).not.toContain('Of another line');
    expect(text).not.toContain('Secret');
    await agent.get(`/desk/inbox/rows/${secret}`).expect(204);
    const report = await follow('/desk/inbox/bulk', { id: String(secret), do: 'solve' }, agent);
    expect(report).toContain('0 solved, 1 skipped: no such ticket');
    expect(await findTicket(house.app.db, secret)).toMatchObject({ category: 'open' });
    await agent.post('/desk/inbox/bulk', { id: String(secret), assign: String(house.owner.id) }).expect(403);
    await agent.post('/desk/inbox/views', { name: 'x', query: 'all', shared: '1' }).expect(403);
  });

  it('keeps a list under a name, renames and removes it; those of others are not there', async () => {
    const saved = await owner
      .post('/desk/inbox/views', { name: ' Urgent  ones ', query: 'mine~priority=4' })
      .expect(303);
    const path = saved.headers['location'] as string;
    const id = path.split('=')[1];
    const text = (await owner.get(path).expect(200)).text;
    expect(text).toContain('<h1>Urgent ones');
    expect(text).toMatch(/aria-current="page" data-nav="saved-/);
    await owner.post(`/desk/inbox/views/${id}/rename`, { name: 'Mine, urgent' }).expect(303);
    expect((await owner.get(path)).text).toContain('<h1>Mine, urgent');
    const observer = await visitAs(house, 'observer');
    expect((await observer.get(path)).text).not.toContain('Mine, urgent');
    await observer.post(`/desk/inbox/views/${id}/remove`).expect(404);
    await observer.post('/desk/inbox/bulk', { id: '1', do: 'take' }).expect(403);
    const gone = await follow(`/desk/inbox/views/${id}/remove`, {});
    expect(gone).toContain('View “Mine, urgent” removed');
    await owner.post('/desk/inbox/views', { name: '', query: 'all' }).expect(422);
  });

  it('remembers how much room a person gives to rows', async () => {
    await owner
      .post('/desk/inbox/density', { density: 'compact', back: '/desk/inbox?view=mine' })
      .expect('Location', '/desk/inbox?view=mine');
    expect(await list()).toContain('class="main inbox is-compact"');
    await owner
      .post('/desk/inbox/density', { density: 'comfortable', back: 'https://evil.example/' })
      .expect('Location', '/desk/inbox');
  });
});

describe('the inbox in Russian', () => {
  it('has all its words', async () => {
    const house = await startTestDesk({ config: { plugins: [desk()] }, language: 'ru' });
    const owner = await visitAs(house);
    for (const view of ['all', 'mine', 'unassigned', 'mentions', 'snoozed', 'waiting', 'solved']) {
      const { text } = await owner.get(`/desk/inbox?view=${view}`).set('Accept-Language', 'ru').expect(200);
      expect(text).not.toMatch(/(desk\.inbox|ui)\.\w+/);
    }
    await house.close();
  }, 60_000);
});
