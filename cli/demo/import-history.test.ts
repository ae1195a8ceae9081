import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  addMembership,
  assignTicket,
  closeTicket,
  createContact,
  createOrganization,
  endMembership,
  guessHat,
  keepUpload,
  noteOnTicket,
  parseJson,
  receiveMessage,
  reopenTicket,
  replyToTicket,
  searchTickets,
  setPriority,
  setType,
  snoozeTicket,
  solveTicket,
  startHistoryImport,
  tagTicket,
  transferTicket,
  wakeTicket,
  type AgentReplied,
  type ContactMet,
  type FieldSet,
  type HistoryEvent,
  type HostApp,
  type MessageCame,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { COMMON_WORD } from './story/benchmark-words.js';
import type { StoryEvent } from './story/events.js';
import { tellStory } from './story/tell-story.js';
import { actByTheClock } from './tell/act-by-the-clock.js';
import { createCast } from './tell/cast.js';
import { createFileKeeper } from './tell/keep-file.js';
import { createTranslator } from './tell/to-history.js';

const end = new Date('2026-03-11T13:00:00Z');
const story = { tickets: 150, seed: 5, language: 'ru', timeZone: 'Europe/Moscow', end } as const;
const desks: TestDesk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

async function play(engine: (typeof testEngines)[number], by: (desk: TestDesk) => Player): Promise<TestDesk> {
  const desk = await startTestDesk({ engine, config: { plugins: [] }, language: 'ru' });
  desks.push(desk);
  const cast = createCast(desk.app);
  const translate = createTranslator({ cast, keep: createFileKeeper(desk.app), end });
  const player = by(desk);
  for (const event of actByTheClock(tellStory(story), { end, closeAfterDays: 7 })) {
    if (['company', 'team', 'line', 'agent', 'agent-left'].includes(event.kind)) {
      await player.flush();
      await cast.play(event as StoryEvent);
    } else for (const one of await translate(event)) await player.play(one);
  }
  await player.flush();
  return desk;
}

interface Player {
  play(event: HistoryEvent): Promise<void>;
  flush(): Promise<void>;
}

/** Pages of 37 events, so that tickets go on over many of them. */
function byImport({ app }: TestDesk): Player {
  const history = startHistoryImport(app);
  let page: HistoryEvent[] = [];
  const flush = async () => {
    if (page.length > 0) await history.write(page);
    page = [];
  };
  return {
    flush,
    play: async (event) => {
      page.push(event);
      if (page.length === 37) await flush();
    },
  };
}

function byActions({ app, clock }: TestDesk): Player {
  const organizations = new Map<string, number>();
  const contacts = new Map<string, number>();
  const tickets = new Map<string, number>();
  const system = { kind: 'system', id: 'import', door: 'import' } as const;
  const desk = { kind: 'system', id: 'core', door: 'job' } as const;
  const idOf = (known: ReadonlyMap<string, number>, key: string) => known.get(key) ?? -1;

  async function meet({ key, name, identities, memberships }: ContactMet): Promise<void> {
    const contactId = await createContact(app, { name, identities, actor: system });
    contacts.set(key, contactId);
    for (const { organization, role, from, to } of memberships) {
      const organizationId = organization === null ? null : idOf(organizations, organization);
      const hat = { contactId, organizationId, role, validFrom: from, actor: system };
      const membershipId = await addMembership(app, hat);
      if (to) await endMembership(app, { contactId, membershipId, actor: system });
    }
  }

  async function receive(event: MessageCame): Promise<void> {
    const { account, at, ticket, contact, participants, ...message } = event;
    const contactId = idOf(contacts, contact);
    const address = participants.from?.value ?? '';
    const ticketId = tickets.get(ticket) ?? null;
    const { lineId } = account;
    const hat =
      ticketId === null
        ? await guessHat(app.db, {
            contactId,
            lineId,
            address,
            channel: account.channel,
            subject: event.subject,
            now: app.now(),
          })
        : null;
    const outcome = await receiveMessage(app, {
      account,
      from: { contactId },
      ticketId,
      message: { ...pick(message), writtenAt: at, quote: '', participants, flags: [] },
      membership: hat,
      evidence: [],
    });
    tickets.set(ticket, outcome.ticketId);
  }

  async function reply(event: AgentReplied): Promise<void> {
    const { by: agentId, account, text, participants, externalId, next, at } = event;
    const uploads: string[] = [];
    for (const { sha256, filename, contentType } of event.attachments) {
      const content = await readFile(app.files.path(sha256));
      uploads.push(await keepUpload(app, { agentId, filename, contentType, content }));
    }
    const to = participants.to ?? [];
    await replyToTicket(app, {
      ticketId: idOf(tickets, event.ticket),
      agentId,
      text,
      to,
      account,
      freeze: () => ({ externalId }),
      uploads,
      then: next,
      holdMs: 0,
      actor: by(agentId),
      at,
    });
  }

  async function setField(event: FieldSet): Promise<void> {
    const on = { ticketId: idOf(tickets, event.ticket), actor: by(event.by) };
    if (event.kind === 'assigned') await assignTicket(app, { ...on, assigneeId: event.to });
    if (event.kind === 'transferred') await transferTicket(app, { ...on, teamId: event.to });
    if (event.kind === 'prioritised') await setPriority(app, { ...on, priority: event.to });
    if (event.kind === 'typed') await setType(app, { ...on, type: event.to });
  }

  return {
    flush: () => Promise.resolve(),
    async play(event) {
      clock.set(new Date(event.at));
      const ticketId = 'ticket' in event ? idOf(tickets, event.ticket) : -1;
      switch (event.kind) {
        case 'organization':
          organizations.set(event.key, await createOrganization(app, { ...event, actor: system }));
          return;
        case 'contact':
          return meet(event);
        case 'received':
          return receive(event);
        case 'replied':
          return reply(event);
        case 'noted':
          await noteOnTicket(app, {
            ticketId,
            agentId: event.by,
            text: event.text,
            mentioned: event.mentioned,
            actor: by(event.by),
          });
          return;
        case 'tagged':
          return tagTicket(app, { ticketId, tag: event.tag, actor: by(event.by) });
        case 'snoozed':
          await snoozeTicket(app, { ticketId, until: event.until, actor: by(event.by) });
          return;
        case 'solved':
          await solveTicket(app, { ticketId, actor: by(event.by) });
          return;
        case 'reopened':
          await reopenTicket(app, { ticketId, actor: by(event.by) });
          return;
        case 'woken':
          await wakeTicket(app, { ticketId, because: 'time', actor: desk });
          return;
        case 'closed':
          await closeTicket(app, { ticketId, actor: desk });
          return;
        default:
          return setField(event);
      }
    },
  };
}

const by = (id: number) => ({ kind: 'agent', id, door: 'import' }) as const;
const pick = ({
  subject,
  text,
  html,
  htmlVersion,
  externalId,
  fingerprint,
  auto,
  attachments,
}: Omit<MessageCame, 'account' | 'at' | 'ticket' | 'contact' | 'participants'>) => ({
  subject,
  text,
  html,
  htmlVersion,
  externalId,
  fingerprint,
  auto,
  attachments,
});

/** What cannot be equal: random keys, what only a letter that can be taken back has, the end of a hat, who has looked. */
const apart: Readonly<Record<string, readonly string[]>> = {
  contacts: ['language'],
  memberships: ['validTo'],
  messages: ['frozen'],
  attachments: ['key'],
  mentions: ['seenAt'],
  ticket_tags: ['tagId'],
};

async function readAll(app: HostApp) {
  const tables = [
    'organizations',
    'contacts',
    'identities',
    'memberships',
    'tickets',
    'messages',
    'attachments',
    'mentions',
    'sequences',
  ];
  const all: Record<string, unknown[]> = {};
  for (const table of tables) {
    const rows: Record<string, unknown>[] = await app
      .db(table)
      .orderBy(table === 'sequences' ? 'key' : table === 'mentions' ? 'messageId' : 'id');
    all[table] = rows.map((row) => without(row, apart[table] ?? []));
  }
  const tags: { id: number; name: string }[] = await app.db('tags').select();
  const tagNames = new Map(tags.map(({ id, name }) => [id, name]));
  const put: { ticketId: number; tagId: number }[] = await app.db('ticket_tags').select();
  all['tags'] = put.map(({ ticketId, tagId }) => `${ticketId} ${tagNames.get(tagId)}`).toSorted();
  all['counts'] = (await app.db('ticket_counts').whereNot({ n: 0 }))
    .map((row) => JSON.stringify(row))
    .toSorted();
  const events: { payload: string; name: string; id: number; at: string }[] = await app
    .db('events')
    .orderBy('id');
  const { id: firstId = 0 } = events.find(({ name }) => name === 'contact.created') ?? {};
  all['events'] = events
    .filter(({ id }) => id >= firstId)
    .map(({ id: _id, ...event }) => {
      const { tagId, ...payload } = parseJson<{ tagId?: number }>(event.payload, {});
      return { ...event, payload: tagId === undefined ? payload : { ...payload, tag: tagNames.get(tagId) } };
    });
  return all;
}

const without = (row: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

describe.each(testEngines)('history that is taken in on %s', (engine) => {
  it('leaves the same tickets, people, counters and log as the actions of the desk', async () => {
    const acted = await play(engine, byActions);
    const imported = await play(engine, byImport);
    const [one, other] = [await readAll(acted.app), await readAll(imported.app)];
    expect(one['tickets']).toHaveLength(150);
    for (const table of Object.keys(one)) expect({ [table]: other[table] }).toEqual({ [table]: one[table] });
    const viewer = { agentId: 1, lineIds: 'all' } as const;
    for (const query of [COMMON_WORD.ru, '1007', 'example']) {
      const { found } = await searchTickets(acted.app, { query, viewer });
      expect(found.length).toBeGreaterThan(0);
      expect((await searchTickets(imported.app, { query, viewer })).found).toEqual(found);
    }
  });
});
