import { createContact, openTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKbDesk, system, type KbDesk, type Visit } from './kb-desk.js';

const BASE = '/desk/knowledge-base';

describe.each(testEngines)('articles beside a ticket on %s', (engine) => {
  let at: KbDesk;
  let owner: Visit;
  let ticketId: number;
  let open: { textId: number };
  let internal: { textId: number };
  beforeAll(async () => {
    at = await startKbDesk({ engine });
    owner = await at.owner();
    open = await at.article('Bleeding a radiator', {
      written: { body: 'Use [the key](/help/boilers) first.\n\nThen turn.' },
    });
    internal = await at.article('Radiators: what we never say', { visibility: 'agents' });
    for (let i = 0; i < 5; i += 1)
      await at.article(`Something else ${i}`, { written: { body: 'Delivery of parcels' } });
    const contactId = await createContact(at.app, { name: 'Ann', identities: [], actor: system });
    const opened = await openTicket(at.app, {
      subject: 'Cold radiator',
      text: 'How do I bleed my radiators?',
      contactId,
      lineId: 1,
      agentId: null,
      first: { kind: 'heard', channel: 'phone' },
      actor: system,
    });
    ticketId = opened.ticketId;
  });
  afterAll(() => at?.close());

  const insert = (visit: Visit, more: Readonly<Record<string, string>>) =>
    visit.post(`${BASE}/tickets/${ticketId}/insert`, more);
  const draft = (mode = 'note') => at.app.db('drafts').where({ ticketId, mode }).first();

  it('are suggested by the words of the customer; those for colleagues are to be read, not to be sent', async () => {
    // Panels have a time to load in; on a busy machine the first page may come without them.
    const page = () => owner.text(`/desk/tickets/${ticketId}`);
    await expect.poll(page, { timeout: 10_000 }).toContain('Bleeding a radiator');
    const html = await page();
    expect(html).toContain(`value="link:${open.textId}"`);
    expect(html).toContain('Radiators: what we never say');
    expect(html).not.toContain(`value="link:${internal.textId}"`);
    expect(html).not.toContain('Something else');
    const searched = await owner.text(`${BASE}/tickets/${ticketId}?q=parcel`);
    expect(searched).toContain('Something else');
  });

  it('go behind what was typed, which becomes the draft', async () => {
    const answer = await insert(owner, { article: `link:${open.textId}`, via: 'note', body: 'Hello!' });
    expect(answer.headers.get('location')).toBe(`/desk/tickets/${ticketId}#composer`);
    const { url } = at.app.company;
    expect((await draft()).text).toBe(
      `Hello!\n\nBleeding a radiator: ${url}/help/boilers/bleeding-a-radiator`,
    );
    await insert(owner, { article: `text:${open.textId}` });
    expect((await draft()).text).toContain(
      `Hello!\n\nBleeding a radiator: ${url}/help/boilers/bleeding-a-radiator\n\nUse [the key](${url}/help/boilers) first.`,
    );
  });

  it('are not put in by who may not write, nor from where they are not to be seen', async () => {
    expect((await insert(owner, { article: `link:${internal.textId}` })).status).toBe(404);
    expect((await insert(owner, { article: 'link:999999' })).status).toBe(404);
    expect((await insert(owner, { article: 'nonsense' })).status).toBe(422);
    expect(
      (await owner.post(`${BASE}/tickets/999999/insert`, { article: `link:${open.textId}` })).status,
    ).toBe(404);
    expect((await owner.get(`${BASE}/tickets/999999`)).status).toBe(404);
    const reader = await at.person('Rita', ['tickets.read', 'knowledge-base.read']);
    expect((await insert(reader, { article: `link:${open.textId}` })).status).toBe(403);
    const other = await at.person('Otto', ['tickets.read', 'tickets.note']);
    expect((await insert(other, { article: `link:${open.textId}` })).status).toBe(403);
    expect(await other.text(`/desk/tickets/${ticketId}`)).not.toContain('knowledge-base/insert.js');
  });
});
