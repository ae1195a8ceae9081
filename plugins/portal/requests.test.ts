import { addAccount, createLine, letRoleSee } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  leadsTo,
  numberIn,
  startPortalDesk,
  system,
  type PortalDesk,
} from '../../tests/portal/portal-desk.js';
import { portalSettings } from './settings.js';

describe.each(testEngines)('requests of a customer on %s', (engine) => {
  let at: PortalDesk;
  let ann = 0;
  beforeAll(async () => {
    at = await startPortalDesk(engine);
    ann = await at.contact('Ann');
  });
  afterAll(() => at.close());

  const write = async (fields: Readonly<Record<string, string | File>> = {}) => {
    const browser = await at.visit(ann);
    return browser.post('/requests/new', { subject: 'Cold boiler', text: 'It is cold', ...fields });
  };

  it('a new one is taken in with its files, stands in the list and is answered by mail', async () => {
    const photo = new File(['not really a picture'], '../photo\u202e.png', { type: 'image/png' });
    const answer = await write({ files: photo });
    expect(answer.status).toBe(303);
    const number = numberIn(answer);
    const ticket = await at.ticket(number);
    expect(ticket).toMatchObject({
      channel: 'portal',
      accountId: at.accountId,
      contactId: ann,
      category: 'new',
    });
    const browser = await at.visit(ann);
    const page = await (await browser.get(`/requests/${number}`)).text();
    expect(page).toContain('Cold boiler');
    const href = /href="(\/files\/[^"]+)"/.exec(page)?.[1] ?? '';
    const file = await browser.get(href);
    expect(await file.text()).toBe('not really a picture');
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="_?\.?\.?_?photo\.png"/);
    await at.answer(ticket.id, 'Please **send** the model');
    const delivery = await at.desk.app.db('deliveries').where({ ticketId: ticket.id }).first();
    expect(delivery).toMatchObject({ recipient: 'ann@client.example', state: 'sent' });
    const after = await (await browser.get(`/requests/${number}`)).text();
    expect(after).toContain('<strong>send</strong>');
    expect(await (await browser.get('/requests?state=yours')).text()).toContain('Cold boiler');
    expect(await (await browser.get('/')).text()).toContain('your turn');
  });

  it('are answered by the mailbox that the settings name, of its line, else by the one that was added first', async () => {
    const { app } = at.desk;
    const add = (address: string, lineId: number) =>
      addAccount(app, { channel: 'mail', lineId, name: address, address, config: {}, actor: system });
    const second = await add('Second@mail.example', 1);
    const made = await createLine(app, { name: 'Sales', actor: system });
    const line = made.ok ? made.lineId : 0;
    const sales = await add('sales@mail.example', line);
    const name = (mailboxes: string) =>
      app.settings.save('portal', portalSettings, { values: { mailboxes }, actor: system });
    const answeredBy = async () => {
      const { accountId, lineId } = await at.ticket(numberIn(await write()));
      return { accountId, lineId };
    };
    expect(await answeredBy()).toEqual({ accountId: at.accountId, lineId: 1 });
    await name('second@mail.example');
    expect(await answeredBy()).toEqual({ accountId: second, lineId: 1 });
    await name('sales@mail.example, second@mail.example');
    expect(await answeredBy()).toEqual({ accountId: sales, lineId: line });
    await name('gone@mail.example');
    expect(await answeredBy()).toEqual({ accountId: at.accountId, lineId: 1 });
    const health = (await app.health()).checks.find(({ plugin }) => plugin === 'portal');
    expect(health).toMatchObject({ ok: false, isMinor: true });
    expect(health?.detail).toContain('gone@mail.example');
    await name('');
    expect((await app.health()).ok).toBe(true);
  });

  it('the same form sent twice is one request', async () => {
    const [first, second] = [await write({ _once: 'k1' }), await write({ _once: 'k1' })];
    expect(numberIn(second)).toBe(numberIn(first));
  });

  it('what is wrong is said at the field, what was typed and its files stay', async () => {
    const browser = await at.visit(ann);
    const note = new File(['hello'], 'note.txt', { type: 'text/plain' });
    const answer = await browser.post('/requests/new', { subject: '', text: 'Still <cold>', files: note });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('Still &lt;cold&gt;');
    expect(page).toContain('note.txt');
    const kept = /name="kept" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const number = numberIn(await browser.post('/requests/new', { subject: 'Again', text: 'x', kept }));
    expect(await (await browser.get(`/requests/${number}`)).text()).toContain('note.txt');
    const stranger = await at.visit('bob@client.example');
    const stolen = numberIn(await stranger.post('/requests/new', { subject: 'Mine', text: 'x', kept }));
    expect(await (await stranger.get(`/requests/${stolen}`)).text()).not.toContain('note.txt');
  });

  it('a reply goes into the ticket and wakes it; solving and taking up again are one click', async () => {
    const number = numberIn(await write());
    const browser = await at.visit(ann);
    const { id } = await at.ticket(number);
    await at.answer(id, 'Which model?');
    expect((await at.ticket(number)).category).toBe('waiting_customer');
    expect(leadsTo(await browser.post(`/requests/${number}/reply`, { text: 'TD-90' }))).toMatch(/#m\d+$/);
    expect((await at.ticket(number)).category).toBe('open');
    await browser.post(`/requests/${number}/solve`);
    expect((await at.ticket(number)).category).toBe('solved');
    expect(await (await browser.get(`/requests/${number}`)).text()).toContain('/reopen"');
    await browser.post(`/requests/${number}/reopen`);
    expect((await at.ticket(number)).category).toBe('open');
    await browser.post(`/requests/${number}/solve`);
    await browser.post(`/requests/${number}/reply`, { text: 'One more thing' });
    expect((await at.ticket(number)).category).toBe('open');
    expect((await browser.post(`/requests/${number}/reply`, { text: ' ' })).status).toBe(422);
  });

  it('what was closed long ago has a successor', async () => {
    const number = numberIn(await write());
    const browser = await at.visit(ann);
    await browser.post(`/requests/${number}/solve`);
    at.desk.clock.pass(8 * 24 * 3_600_000);
    await at.desk.drain();
    at.desk.clock.pass(15 * 24 * 3_600_000);
    expect((await at.ticket(number)).category).toBe('closed');
    const later = await at.visit(ann);
    expect((await later.post(`/requests/${number}/reopen`)).status).toBe(404);
    const next = numberIn(await later.post(`/requests/${number}/reply`, { text: 'Cold again' }));
    expect(next).not.toBe(number);
    const { id } = await at.ticket(next);
    const link = await at.desk.app.db('ticketLinks').where({ fromTicketId: id }).first();
    expect(link).toMatchObject({ kind: 'follow-up' });
  });

  it('who has an organization says for whom; a director reads all of it and writes in none of others', async () => {
    const director = await at.contact(`Dora`);
    const staff = await at.contact(`Sam`);
    const hat = await at.hat(staff, 'Firm of heating');
    const { organizationId } = await at.desk.app.db('memberships').where({ id: hat }).first();
    await at.hat(director, organizationId, 'director');
    const sam = await at.visit(staff);
    expect(await (await sam.get('/requests/new')).text()).toContain('Firm of heating');
    const number = numberIn(
      await sam.post('/requests/new', { subject: 'For the firm', text: 'x', hat: String(hat) }),
    );
    expect((await at.ticket(number)).membershipId).toBe(hat);
    const own = numberIn(await sam.post('/requests/new', { subject: 'For myself', text: 'x', hat: '' }));
    const dora = await at.visit(director);
    const list = await (await dora.get('/requests?of=organization')).text();
    expect(list).toContain('For the firm');
    expect(list).not.toContain('For myself');
    const page = await dora.get(`/requests/${number}`);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain('/reply"');
    expect((await dora.get(`/requests/${own}`)).status).toBe(404);
    for (const what of ['reply', 'solve', 'reopen'])
      expect((await dora.post(`/requests/${number}/${what}`, { text: 'x' })).status).toBe(404);
    const wrong = await sam.post('/requests/new', { subject: 'a', text: 'x', hat: '999999' });
    expect(wrong.status).toBe(422);
  });

  it('who may answer for the organization replies in their own name, and the request stays its writer’s', async () => {
    const boss = await at.contact('Greta');
    const staff = await at.contact('Hans');
    const hat = await at.hat(staff, 'Firm of pipes');
    const { organizationId } = await at.desk.app.db('memberships').where({ id: hat }).first();
    await at.hat(boss, organizationId, 'decision_maker');
    const hans = await at.visit(staff);
    const number = numberIn(
      await hans.post('/requests/new', { subject: 'For the firm', text: 'x', hat: String(hat) }),
    );
    const own = numberIn(await hans.post('/requests/new', { subject: 'For myself', text: 'x', hat: '' }));
    const greta = await at.visit(boss);
    expect((await greta.post(`/requests/${number}/reply`, { text: 'Too early' })).status).toBe(404);
    const right = { key: 'decision_maker', seesOrganization: true, actor: system };
    await letRoleSee(at.desk.app, { ...right, answersOrganization: true });
    const page = await (await greta.get(`/requests/${number}`)).text();
    expect(page).toContain(`/requests/${number}/reply"`);
    expect(page).toContain('Your reply is sent in your name');
    expect(page).not.toMatch(/\/(solve|reopen)"/);
    expect(leadsTo(await greta.post(`/requests/${number}/reply`, { text: 'I pay for it' }))).toMatch(
      /#m\d+$/,
    );
    const ticket = await at.ticket(number);
    expect(ticket).toMatchObject({ contactId: staff, membershipId: hat });
    const said = await at.desk.app
      .db('messages')
      .where({ ticketId: ticket.id })
      .orderBy('id', 'desc')
      .first();
    expect(said).toMatchObject({ contactId: boss, text: 'I pay for it', kind: 'incoming' });
    expect(await (await hans.get(`/requests/${number}`)).text()).toMatch(/Greta[^]*I pay for it/);
    for (const what of ['solve', 'reopen'])
      expect((await greta.post(`/requests/${number}/${what}`)).status).toBe(404);
    expect((await greta.post(`/requests/${own}/reply`, { text: 'x' })).status).toBe(404);
    // What was closed long ago goes on as a request of its writer's.
    await hans.post(`/requests/${number}/solve`);
    at.desk.clock.pass(8 * 24 * 3_600_000);
    await at.desk.drain();
    at.desk.clock.pass(15 * 24 * 3_600_000);
    const later = await at.visit(boss);
    expect(await (await later.get(`/requests/${number}`)).text()).not.toContain('/reply"');
    expect((await later.post(`/requests/${number}/reply`, { text: 'x' })).status).toBe(404);
    await letRoleSee(at.desk.app, right);
  });
});

describe('what one customer may send', () => {
  it('is 30 messages an hour; what was typed stays', async () => {
    const at = await startPortalDesk();
    const browser = await at.visit('busy@client.example');
    const statuses: number[] = [];
    for (let i = 0; i < 31; i += 1) {
      statuses.push((await browser.post('/requests/new', { subject: `Nr ${i}`, text: 'x' })).status);
      at.desk.clock.pass(10_000);
    }
    expect(statuses.filter((status) => status === 303)).toHaveLength(30);
    const late = await browser.post('/requests/new', { subject: 'One too many', text: 'x' });
    expect(late.status).toBe(429);
    expect(await late.text()).toContain('One too many');
    at.desk.clock.pass(3_600_000);
    expect((await browser.post('/requests/new', { subject: 'Now', text: 'x' })).status).toBe(303);
    await at.close();
  });
});
