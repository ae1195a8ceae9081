import {
  addAccount,
  addMembership,
  answerTicket,
  change,
  createContact,
  createOrganization,
  keepUpload,
  noteOnTicket,
  receiveMessage,
  type Actor,
  type Engine,
  type HostApp,
} from '@helpdesk/core';
import { signInVisitor, startTestDesk } from '@helpdesk/core/testing';
import { bundledPlugins } from './bundled-plugins.js';
import { articleMarks, keepArticles } from './keep-articles.js';

export const system: Actor = { kind: 'system', id: 'test', door: 'test' };

/** What one customer has; every word in `marks` is theirs alone. */
export interface Customer {
  readonly contactId: number;
  readonly address: string;
  readonly organizationId: number;
  /** The hat at their organization. */
  readonly membershipId: number;
  readonly ticketId: number;
  readonly number: number;
  /** Of the file of their letter. */
  readonly fileKey: string;
  readonly marks: readonly string[];
}

export interface World {
  readonly desk: Awaited<ReturnType<typeof startTestDesk>>;
  /** An employee of Acme. */
  readonly anna: Customer;
  /** A colleague of Anna's, with a ticket that he wrote as a private person. */
  readonly colin: Customer & { readonly privateNumber: number; readonly privateMark: string };
  /** Director of Acme. */
  readonly dora: Customer;
  /** Director of another company. */
  readonly boris: Customer;
  /** Words that are only for the team: notes, answers that can still be taken back, articles. */
  readonly secrets: readonly string[];
  /** Of files in Anna's ticket that are only for the team. */
  readonly secretKeys: readonly string[];
  /** Ids of things of Boris's that were there and are gone. */
  readonly gone: { readonly number: number; readonly fileKey: string };
  close(): Promise<void>;
}

/** A desk with all bundled plugins, two companies and what their people wrote; every customer is known by proven addresses. */
export async function makeTwoCustomers(engine: Engine = 'sqlite'): Promise<World> {
  const plugins = await bundledPlugins();
  // One proxy is trusted, so that the crawler can come from many addresses.
  const desk = await startTestDesk({ engine, config: { plugins, proxies: 1 } });
  await desk.drain();
  const { app } = desk;
  const mailbox = { channel: 'email', lineId: 1, name: 'Help', address: 'help@desk.example', config: {} };
  const accountId = await addAccount(app, { ...mailbox, actor: system });
  const tools = { app, accountId, agentId: desk.owner.id };
  await keepArticles(app, desk.owner.id);
  const acme = await createOrganization(app, { name: 'Acmezq7 Works', actor: system });
  const beta = await createOrganization(app, { name: 'Betaxw3 Mills', actor: system });
  const anna = await addCustomer(tools, { mark: 'annaqz1', organizationId: acme, role: 'employee' });
  const colin = await addCustomer(tools, { mark: 'colinvk5', organizationId: acme, role: 'employee' });
  const dora = await addCustomer(tools, { mark: 'dorajw8', organizationId: acme, role: 'director' });
  const boris = await addCustomer(tools, { mark: 'borisxp4', organizationId: beta, role: 'director' });
  const privately = await writeAs(tools, { ...colin, membershipId: null, mark: 'privatehg6' });
  // What was answered has left by now; what is answered next can still be taken back.
  desk.clock.pass(3_600_000);
  const secrets = await keepSecrets(tools, [anna, boris]);
  const secretKeys = await keepSecretFiles(tools, anna);
  const gone = await writeAs(tools, { ...boris, mark: 'gonelt2' });
  await remove(app, gone.ticketId);
  return {
    desk,
    anna,
    colin: { ...colin, privateNumber: privately.number, privateMark: 'privatehg6' },
    dora,
    boris: { ...boris, marks: [...boris.marks, 'Betaxw3'] },
    secrets: [...secrets, ...articleMarks.team],
    secretKeys,
    gone,
    close: () => desk.close(),
  };
}

let letters = 0;

/** Stand in Cc of everything: that alone lets nobody read it. */
const bystanders = ['annaqz1', 'borisxp4'].map((mark) => ({
  name: '',
  kind: 'email',
  value: `${mark}@client.example`,
}));

interface Tools {
  readonly app: HostApp;
  readonly accountId: number;
  readonly agentId: number;
}

async function addCustomer(
  tools: Tools,
  { mark, organizationId, role }: { mark: string; organizationId: number; role: string },
): Promise<Customer> {
  const { app } = tools;
  const address = `${mark}@client.example`;
  const phone = `+79005550${100 + letters}`;
  const identities = [
    { kind: 'email', value: address },
    { kind: 'phone', value: phone },
  ];
  const contactId = await createContact(app, { name: `Name ${mark}`, identities, actor: system });
  const membershipId = await addMembership(app, { contactId, organizationId, role, actor: system });
  await signInVisitor(tools, contactId);
  const written = await writeAs(tools, { contactId, membershipId, address, mark });
  const to = [{ name: '', kind: 'email', value: address }];
  const text = `Answer ${mark}`;
  const { ticketId } = written;
  const people = { to, cc: bystanders.filter(({ value }) => value !== address) };
  await answerTicket(app, { ticketId, agentId: tools.agentId, text, ...people, actor: agent(tools) });
  return { contactId, address, organizationId, membershipId, ...written, marks: [mark, phone.slice(1)] };
}

const agent = ({ agentId }: Tools): Actor => ({ kind: 'agent', id: agentId, door: 'test' });

/** A letter with a file; subject, text and file name hold the mark. */
async function writeAs(
  { app, accountId }: Tools,
  {
    contactId,
    membershipId,
    address,
    mark,
  }: { contactId: number; membershipId: number | null; address: string; mark: string },
): Promise<{ ticketId: number; number: number; fileKey: string }> {
  letters += 1;
  const file = await app.files.put(Buffer.from(`content ${mark}`));
  const outcome = await receiveMessage(app, {
    account: { id: accountId, channel: 'email', lineId: 1 },
    from: { contactId },
    ticketId: null,
    membership: membershipId === null ? null : { id: membershipId, reason: 'core.hat.only' },
    message: {
      externalId: `<${letters}@client.example>`,
      fingerprint: `letter-${letters}`,
      writtenAt: null,
      subject: `Subject ${mark}`,
      text: `Text ${mark}`,
      quote: '',
      html: null,
      htmlVersion: null,
      participants: { from: { name: `Name ${mark}`, kind: 'email', value: address }, cc: bystanders },
      attachments: [
        { ...file, filename: `${mark}.txt`, contentType: 'text/plain', contentId: null, inline: false },
      ],
      auto: null,
      flags: [],
    },
    evidence: [],
  });
  const ticket: { number: number } = await app.db('tickets').where({ id: outcome.ticketId }).first('number');
  const kept: { key: string } = await app
    .db('attachments')
    .where({ messageId: outcome.messageId })
    .first('key');
  return { ticketId: outcome.ticketId, number: ticket.number, fileKey: kept.key };
}

/** A note on each ticket, and an answer that can still be taken back. */
async function keepSecrets(tools: Tools, customers: readonly Customer[]): Promise<string[]> {
  const secrets: string[] = [];
  for (const { ticketId, address, marks } of customers) {
    const [note, held] = [`note4team${marks[0]}`, `held4team${marks[0]}`];
    const actor = agent(tools);
    await noteOnTicket(tools.app, { ticketId, agentId: tools.agentId, text: note, actor });
    const to = [{ name: '', kind: 'email', value: address }];
    await answerTicket(tools.app, { ticketId, agentId: tools.agentId, text: held, to, actor });
    secrets.push(note, held);
  }
  return secrets;
}

/** A file of a note, and one of an answer that can still be taken back. */
async function keepSecretFiles(tools: Tools, { ticketId, address }: Customer): Promise<string[]> {
  const { app, agentId } = tools;
  const actor = agent(tools);
  const keep = (filename: string) =>
    keepUpload(app, { agentId, filename, contentType: 'text/plain', content: Buffer.from(filename) });
  const [noted, held] = [await keep('noted.txt'), await keep('held.txt')];
  await noteOnTicket(app, { ticketId, agentId, text: 'See file', uploads: [noted], actor });
  const to = [{ name: '', kind: 'email', value: address }];
  await answerTicket(app, { ticketId, agentId, text: 'With file', to, uploads: [held], actor });
  return [noted, held];
}

/** Nothing removes a ticket yet; a row that is gone answers like one that never was. */
async function remove(app: HostApp, ticketId: number): Promise<void> {
  await change(app, async ({ trx }) => {
    const messages = trx('messages').where({ ticketId }).select('id');
    await trx('attachments').whereIn('messageId', messages).delete();
    await trx('messages').where({ ticketId }).delete();
    await trx('tickets').where({ id: ticketId }).delete();
  });
}
