import { createContact, receiveMessage } from '@helpdesk/core';
import { ask, isQuick, measure } from './measuring.mjs';
import { startDesk } from './start-desk.mjs';

const TICKETS = 200;
const MESSAGES = 10;
const actor = { kind: 'system', id: 'bench', door: 'bench' };

export const atDesk = {
  plugins: () => [],
  /** Somebody who has written for years: 200 tickets of ten letters each. */
  async seed(app, { lineId, accountId }) {
    const contactId = await createContact(app, { name: 'Ann Regular', identities: [], actor });
    for (let i = 0; i < TICKETS; i++) {
      let ticketId = null;
      for (let n = 0; n < MESSAGES; n++) {
        const id = `${i}-${n}`;
        const received = await receiveMessage(app, {
          account: { id: accountId, channel: 'email', lineId },
          from: { contactId },
          ticketId,
          message: letter(id),
          evidence: [],
        });
        ticketId = received.ticketId;
      }
    }
    const [row] = await app.db('events').where({ contactId }).count({ n: '*' });
    return { contactId, events: Number(row.n) };
  },
};

const letter = (id) => ({
  externalId: `<regular-${id}@client.example>`,
  fingerprint: `regular-${id}`,
  writtenAt: null,
  subject: `Boiler ${id}`,
  text: 'It is cold again, and the display shows the wrong number. '.repeat(5),
  quote: '',
  html: null,
  htmlVersion: null,
  participants: { from: { name: 'Ann Regular', kind: 'email', value: 'ann@client.example' } },
  attachments: [],
  auto: null,
  flags: [],
});

export async function benchContact(engine) {
  const desk = await startDesk(engine, 1000, 'contact');
  const { contactId, events } = desk.told;
  const extra = { engine, tickets: 1000 };
  try {
    if (events < 2000) throw new Error(`only ${events} events`);
    await measure(
      'contact card, 2,000 events',
      { pid: desk.pid, target: 5, extra },
      isQuick ? 100 : 300,
      async () => {
        const path = `/desk/contacts/${contactId}`;
        const { status, body } = await ask(desk.port, { path, cookie: desk.cookie });
        if (status !== 200 || !body.includes('Ann Regular'))
          throw new Error(`${path}: ${status} ${body.slice(0, 300)}`);
      },
    );
  } finally {
    await desk.stop();
  }
}
