// Fills a fresh desk with tickets straight into its tables, many rows a statement: what is measured is the desk, not this.
// Every invariant that pages read is kept: counters, search index, work plan.
import { change, toIndex } from '@helpdesk/core';

export const COMMON = 'order';
export const RARE = 'ultramarine';

export const words =
  `heater boiler thermostat delivery invoice warranty installer pressure leaking noise return payment account address
  window bedroom kitchen office winter morning engineer repair broken signal display button manual service contract meeting`
    .split(/\s+/)
    .filter(Boolean);

/** The same numbers every time. */
export function numbers(seed) {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % most;
  };
}

export async function seedDesk(app, { tickets, agentId, lineId, accountId }) {
  const below = numbers(42);
  const isSqlite = app.database.engine === 'sqlite';
  const end = app.now().getTime();
  const at = (n) => new Date(end - (tickets - n) * 300_000).toISOString();
  const text = (n) =>
    [
      n % 10 < 3 ? COMMON : '',
      n % 10_000 === 5 ? RARE : '',
      ...Array.from({ length: 30 }, () => words[below(words.length)]),
    ].join(' ');
  const contacts = Math.max(10, Math.floor(tickets / 3));
  const batch = 100;

  await inBatches(contacts, batch, (from, to) =>
    change(app, async ({ trx, at: now }) => {
      const ids = range(from, to);
      const name = (id) => `${words[id % 30]} Customer ${id}`;
      await trx('contacts').insert(ids.map((id) => ({ id, name: name(id), createdAt: now, updatedAt: now })));
      await trx('identities').insert(
        ids.map((id) => ({
          contactId: id,
          kind: 'email',
          value: `c${id}@client.example`,
          normalised: `c${id}@client.example`,
          createdAt: now,
        })),
      );
      await index(
        trx,
        isSqlite,
        'contacts_search',
        ids.map((id) => [id, toIndex(name(id))]),
      );
    }),
  );
  const counts = new Map();
  await inBatches(tickets, batch, (from, to) =>
    change(app, async ({ trx }) => {
      const rows = range(from, to).map((id) =>
        makeTicket(id, { tickets, contacts, below, at, agentId, lineId, accountId, text }),
      );
      await trx('tickets').insert(rows.map(({ ticket }) => ticket));
      const messages = rows.flatMap(({ messages: both }) => both);
      for (let i = 0; i < messages.length; i += 100) await trx('messages').insert(messages.slice(i, i + 100));
      await index(
        trx,
        isSqlite,
        'messages_search',
        messages.map(({ id, text: words_ }) => [id, toIndex(words_)]),
      );
      for (const { ticket } of rows) {
        const key = [ticket.bucket, ticket.lineId, 0, ticket.assigneeId ?? 0, ticket.category].join('|');
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }),
  );
  await change(app, async ({ trx }) => {
    await trx('ticketCounts').insert(
      [...counts].map(([key, n]) => {
        const [bucket, line, team, assignee, category] = key.split('|');
        return {
          bucket,
          lineId: Number(line),
          teamId: Number(team),
          assigneeId: Number(assignee),
          category,
          n,
        };
      }),
    );
    await trx('sequences').insert({ key: 'ticket', value: 1000 + tickets });
    if (isSqlite) return void (await trx.raw('analyze'));
    for (const table of ['contacts', 'tickets', 'messages', 'identities'])
      await trx.raw(
        `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
      );
  });
  if (!isSqlite)
    for (const table of ['tickets', 'messages', 'messages_search', 'contacts'])
      await app.database.writer.raw(`analyze ${table}`);
}

function makeTicket(id, { tickets, contacts, below, at, agentId, lineId, accountId, text }) {
  // One in twenty is open, and the newest fifty are.
  const isOpen = id % 20 === 0 || id > tickets - 50;
  const waits = isOpen && id % 3 !== 0;
  const when = at(id);
  const category = isOpen ? (waits ? 'open' : 'waiting_customer') : 'closed';
  const contactId = 1 + below(contacts);
  const first = text(id);
  const message = (n, kind) => ({
    id: id * 2 - 1 + n,
    ticketId: id,
    kind,
    contactId: kind === 'incoming' ? contactId : null,
    agentId: kind === 'outgoing' ? agentId : null,
    channel: 'email',
    accountId,
    createdAt: when,
    text: n === 0 ? first : text(id + 7),
    participants:
      kind === 'incoming'
        ? `{"from":{"name":"Customer","kind":"email","value":"c${contactId}@client.example"}}`
        : '{}',
    externalId: `<seed-${id}-${n}@x>`,
    fingerprint: `seed-${id}-${n}`,
  });
  return {
    ticket: {
      id,
      number: 1000 + id,
      subject: first.slice(0, 60).trim(),
      status: category,
      category,
      bucket: isOpen ? 'open' : 'done',
      priority: id % 11 === 0 ? 3 : 2,
      channel: 'email',
      accountId,
      lineId,
      assigneeId: id % 4 === 0 ? null : agentId,
      contactId,
      openedAt: when,
      updatedAt: when,
      lastMessageAt: when,
      waitingSince: waits ? when : null,
      attentionAt: waits ? when : '9999-12-31T00:00:00.000Z',
      solvedAt: isOpen ? null : when,
      closedAt: isOpen ? null : when,
      snippet: first.slice(0, 120),
      messageCount: 2,
      version: 1,
    },
    messages: [message(0, 'incoming'), message(1, 'outgoing')],
  };
}

async function index(trx, isSqlite, table, rows) {
  for (let i = 0; i < rows.length; i += 200) {
    const part = rows.slice(i, i + 200);
    const values = part.map(() => (isSqlite ? '(?, ?)' : "(?, to_tsvector('simple', ?))")).join(', ');
    await trx.raw(`insert into ${table} (${isSqlite ? 'rowid' : 'id'}, words) values ${values}`, part.flat());
  }
}

const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

async function inBatches(total, size, work) {
  for (let from = 1; from <= total; from += size) await work(from, Math.min(total + 1, from + size));
}
