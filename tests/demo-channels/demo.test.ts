import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerTicket } from '@helpdesk/core';
import { visitAs } from '../../plugins/desk/admin/visit-as.js';
import { openPage } from '../../plugins/web-chat/fake/page.js';
import { startDemo, type Demo } from './start-demo.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

it.each(['telegram', 'whatsapp', 'viber'])(
  'brings what is typed by %s, and shows what is answered',
  async (channel) => {
    expect(await demo.say(`${channel} Ann ${channel}: my heater is cold`)).toBeUndefined();
    const { app, owner } = demo.desk;
    const find = async () => app.db('tickets').where({ channel }).first('id', 'contactId');
    await expect.poll(find, { timeout: 20_000 }).toBeDefined();
    const ticket = (await find()) as { id: number; contactId: number };
    const identity = await app
      .db('identities')
      .where({ contactId: ticket.contactId })
      .first('kind', 'normalised');
    await answerTicket(app, {
      ticketId: ticket.id,
      agentId: owner.id,
      text: `Press reset by ${channel}`,
      to: [{ name: '', kind: identity.kind, value: identity.normalised }],
      actor: { kind: 'agent', id: owner.id },
    });
    const sent = () =>
      demo.standIns
        .find(({ name }) => name === channel)
        ?.sent()
        .map(({ text }) => text);
    await expect.poll(sent, { timeout: 30_000 }).toEqual([`Press reset by ${channel}`]);
  },
);

it('names visitors and numbers as people read them, with a sign of their channel', async () => {
  const [, key = ''] = /data-chat="([^"]+)"/.exec(await (await fetch(demo.site)).text()) ?? [];
  const visitor = openPage({ url: demo.desk.url, key });
  const sent = await visitor.call('send', { id: 'message-1', text: 'from the site' }, { origin: demo.site });
  expect(sent.status).toBe(200);
  const { app } = demo.desk;
  const find = async () =>
    app.db('messages').where({ text: 'from the site' }).first('ticketId') as Promise<
      { ticketId: number } | undefined
    >;
  await expect.poll(find, { timeout: 20_000 }).toBeDefined();
  const owner = await visitAs(demo.desk, 'owner');
  const { text } = await owner.get(`/desk/tickets/${(await find())?.ticketId}`);
  const words = text.replaceAll(/<[^>]*>/g, ' ');
  expect(words).toContain(`Visitor ${visitor.visitor.slice(0, 4)}`);
  expect(words).not.toContain(visitor.visitor);
  const whatsapp = await app.db('tickets').where({ channel: 'whatsapp' }).first('id');
  const page = await owner.get(`/desk/tickets/${whatsapp.id}`);
  expect(page.text).toContain('#whatsapp');
  expect(page.text).toMatch(/>\+7\d{10}</);
});

it('says how to write when a line is not understood, and has a page with the chat', async () => {
  expect(await demo.say('hello')).toContain('channels: telegram, whatsapp, viber');
  expect(await (await fetch(demo.site)).text()).toContain('/web-chat/widget.js');
});
