import { createContact, definePlugin, openTicket } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { visitAs } from '../admin/visit-as.js';
import { desk } from '../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const asked: (readonly number[])[] = [];
const badges = definePlugin(import.meta, {
  register({ collect }) {
    collect('ticket.badges', ({ ticketIds, language }) => {
      asked.push(ticketIds);
      return ticketIds.flatMap((ticketId) => [
        { ticketId, segment: 'A' },
        { ticketId, text: `<b>${language}`, tone: 'warn' as const },
      ]);
    });
  },
});

let house: TestDesk;
beforeAll(async () => {
  // Both live in this package, whose manifest names them alike; the one of the test is told apart.
  const plugin = { ...badges(), id: 'badges' };
  house = await startTestDesk({ config: { plugins: [desk(), plugin] } });
  const contactId = await createContact(house.app, { name: 'Ann', identities: [], actor });
  for (const subject of ['One', 'Two'])
    await openTicket(house.app, {
      subject,
      contactId,
      lineId: 1,
      text: 'Please help',
      agentId: house.owner.id,
      first: { kind: 'heard', channel: 'phone' },
      actor,
    });
});
afterAll(() => house.close());

it('shows what plugins put beside tickets, and asks them once a page', async () => {
  const owner = await visitAs(house);
  const { text } = await owner.get('/desk/inbox').expect(200);
  expect(text.match(/class="segment segment-a"/g)).toHaveLength(2);
  expect(text.match(/<span class="tag tag-warn">&lt;b&gt;en<\/span>/g)).toHaveLength(2);
  expect(asked).toEqual([[1, 2]]);
});
