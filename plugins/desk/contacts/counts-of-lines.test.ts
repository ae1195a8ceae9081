import { createContact, createLine, createRole, listContacts, openTicket } from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitAs, type Visitor } from '../admin/visit-as.js';
import { desk as deskPlugin } from '../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;

/** The figure of the only row in the list of contacts. */
const figureIn = (html: string) => /<td class="num"[^>]*>(\d*)<\/td>/.exec(html)?.[1];
/** How many tickets the page of a contact says there are. */
const factIn = (html: string) => /<dt>Tickets<\/dt><dd>(\d+)/.exec(html)?.[1];

describe.each(testEngines)('tickets of a contact on %s', (engine) => {
  let desk: TestDesk;
  let ann: number;
  let ownLine: number;
  let otherLine: number;

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [deskPlugin()] } });
    ownLine = await addLine('Own');
    otherLine = await addLine('Other');
    ann = await createContact(desk.app, { name: 'Ann Customer', identities: [], actor });
    for (const lineId of [ownLine, otherLine, otherLine])
      await openTicket(desk.app, {
        subject: `In line ${lineId}`,
        contactId: ann,
        lineId,
        text: 'Please help',
        agentId: desk.owner.id,
        first: { kind: 'heard', channel: 'phone' },
        actor,
      });
  }, 60_000);
  afterAll(() => desk.close());

  async function addLine(name: string): Promise<number> {
    const made = await createLine(desk.app, { name, actor });
    if (!made.ok) throw new Error(made.because);
    return made.lineId;
  }
  const pagesOf = async (visitor: Visitor) => ({
    list: (await visitor.get('/desk/contacts').expect(200)).text,
    card: (await visitor.get(`/desk/contacts/${ann}`).expect(200)).text,
  });

  it('are counted as far as the reader sees them', async () => {
    const owner = await pagesOf(await visitAs(desk));
    expect([figureIn(owner.list), factIn(owner.card)]).toEqual(['3', '3']);
    const restricted = await pagesOf(await visitAs(desk, 'agent', [ownLine]));
    expect([figureIn(restricted.list), factIn(restricted.card)]).toEqual(['1', '1']);
    expect(restricted.card).not.toContain(`In line ${otherLine}`);
  });

  it('are not counted for nobody', async () => {
    const [row] = await listContacts(desk.app, {});
    expect(row?.ticketCount).toBeNull();
    const viewer = { agentId: 0, lineIds: [otherLine] };
    const [found] = await listContacts(desk.app, { query: 'ann', viewer });
    expect(found?.ticketCount).toBe(2);
  });

  it('are no number at all for those who may not read tickets', async () => {
    const made = await createRole(desk.app, { name: 'Registry', permissions: ['contacts.read'], actor });
    if (!made.ok) throw new Error(made.because);
    const { list, card } = await pagesOf(await visitAs(desk, made.role.key));
    expect([figureIn(list), factIn(card)]).toEqual([undefined, undefined]);
    expect(list).toContain('Ann Customer');
    expect(card).not.toContain('waiting for an answer');
  });
});
