import { get, type IncomingMessage } from 'node:http';
import {
  addAgent,
  createContact,
  endSessions,
  listLines,
  openTicket,
  setPriority,
  signIn,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desk } from '../index.js';
import { presence } from './presence.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const password = 'correct horse battery';

/** An open stream and what has come through it. */
interface Stream {
  readonly status: number;
  text(): string;
  until(sign: string): Promise<string>;
  readonly ended: Promise<void>;
  close(): void;
}

function openStream(url: string, token: string, lastId?: number): Promise<Stream> {
  const headers = {
    cookie: `hd=${token}`,
    ...(lastId === undefined ? {} : { 'last-event-id': String(lastId) }),
  };
  return new Promise((done, fail) => {
    const request = get(`${url}/desk/live`, { headers }, (answer: IncomingMessage) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      const ended = new Promise<void>((over) => answer.once('close', over));
      done({
        status: answer.statusCode ?? 0,
        text: () => text,
        until: async (sign) => {
          while (!text.includes(sign)) await new Promise((next) => answer.once('data', next));
          return text;
        },
        ended,
        close: () => request.destroy(),
      });
    });
    request.once('error', fail);
  });
}

describe('live pages', () => {
  let house: TestDesk;
  let ticketId: number;
  const tokenOf = async (email: string) => {
    const answer = await signIn(house.app, { email, password, ip: '127.0.0.1', device: 'test' });
    if (!answer.ok) throw new Error(answer.because);
    return answer.token;
  };

  beforeAll(async () => {
    house = await startTestDesk({ config: { plugins: [desk()] }, works: true, realClock: true });
    const { app } = house;
    const identities = [{ kind: 'email', value: 'ann@example.com' }];
    const contactId = await createContact(app, { name: 'Ann', identities, actor });
    const lineId = (await listLines(app.db))[0]?.id ?? null;
    const first = { kind: 'heard', channel: 'phone' } as const;
    const wanted = { subject: 'Live', contactId, lineId, text: 'Hi', agentId: house.owner.id, first, actor };
    ({ ticketId } = await openTicket(app, wanted));
    await addAgent(app, {
      email: 'blind@helpdesk.example',
      password,
      name: 'Blind',
      role: 'agent',
      sees: 'lines',
      lineIds: [],
      actor,
    });
  }, 60_000);
  afterAll(() => house.close());

  it('tells what has changed to those who may see it', async () => {
    const [seeing, blind] = [
      await openStream(house.url, await tokenOf(house.owner.email)),
      await openStream(house.url, await tokenOf('blind@helpdesk.example')),
    ];
    await setPriority(house.app, { ticketId, priority: 4, actor });
    const text = await seeing.until('event: counts');
    expect(text).toContain(`event: ticket\ndata: {"id":${ticketId}}`);
    expect(text).toContain('"name":"ticket.prioritised"');
    expect(text).toMatch(/event: counts\ndata: \{"mine":0,"unassigned":1/);
    const own = await blind.until('event: counts');
    expect(own).not.toContain('event: ticket');
    expect(own).toContain('"all":0');
    seeing.close();
    blind.close();
  }, 30_000);

  it('tells again what was missed', async () => {
    const before = house.app.tail.position();
    await setPriority(house.app, { ticketId, priority: 1, actor });
    const stream = await openStream(house.url, await tokenOf(house.owner.email), before);
    expect(await stream.until('event: timeline')).toContain(`"ticketId":${ticketId}`);
    stream.close();
  }, 30_000);

  it('tells who is present', async () => {
    const stream = await openStream(house.url, await tokenOf(house.owner.email));
    presence(house.app).note({ ticketId, agentId: 77, name: 'Maria', state: 'viewing', at: house.app.now() });
    expect(await stream.until('event: presence')).toContain(`data: {"ticketId":${ticketId}}`);
    stream.close();
  }, 30_000);

  it('ends when the session has ended, and refuses strangers', async () => {
    const stream = await openStream(house.url, await tokenOf('blind@helpdesk.example'));
    const { id } = (await house.app.db('agents').where({ email: 'blind@helpdesk.example' }).first('id')) as {
      id: number;
    };
    await endSessions(house.app, { agentId: id, actor: { kind: 'agent', id, door: 'test' } });
    await stream.ended;
    expect((await openStream(house.url, 'stranger')).status).toBe(401);
  }, 30_000);
});

describe('presence', () => {
  it('forgets those who have not been heard of for half a minute', async () => {
    const app = {} as never;
    const at = new Date('2026-03-12T09:00:00Z');
    const heard: number[] = [];
    presence(app).subscribe((id) => heard.push(id));
    presence(app).note({ ticketId: 1, agentId: 2, name: 'Maria', state: 'viewing', at });
    presence(app).note({ ticketId: 1, agentId: 2, name: 'Maria', state: 'viewing', at });
    presence(app).note({ ticketId: 1, agentId: 2, name: 'Maria', state: 'replying', at });
    expect(heard).toEqual([1, 1]);
    expect(presence(app).list(1, new Date(at.getTime() + 29_000))).toHaveLength(1);
    expect(presence(app).list(1, new Date(at.getTime() + 30_000))).toEqual([]);
  });
});
