import {
  addAccount,
  addMembership,
  answerTicket,
  assignTicket,
  change,
  createContact,
  createOrganization,
  findAccount,
  keepRaw,
  solveTicket,
} from '@helpdesk/core';
import type { TestDesk } from '@helpdesk/core/testing';
import type { Cast } from '../../cli/demo/tell/cast.js';
import { setManager } from '../../plugins/routing/assign/set-manager.js';
import { putInSegment } from '../../plugins/routing/segments/put-in-segment.js';
import { handOver } from '../../plugins/routing/tiers/hand-over.js';
import { actor, addEngineers } from './set-up-rules.js';

export interface Today {
  /** Caught by a rule, with norms that run. */
  readonly boiler: number;
  /** Handed over to a higher tier with a card. */
  readonly handedOver: number;
  /** Who has three requests of her own. */
  readonly anna: { readonly address: string; readonly requests: readonly number[] };
}

interface Day {
  readonly cast: Pick<Cast, 'teams' | 'lines' | 'agents'>;
  readonly now: Date;
  readonly smtpPort: number;
}

/** What happens in the last hour: letters come, rules act, people answer. */
export async function writeToday(desk: TestDesk, { cast, now, smtpPort }: Day): Promise<Today> {
  const { app } = desk;
  const lineId = cast.lines.get('general')?.lineId ?? 1;
  const accountId = await addMailbox(desk, { lineId, smtpPort });
  const at = (minutes: number) => desk.clock.set(new Date(now.getTime() - minutes * 60_000));
  const write = postOf(desk, accountId);
  const agent = (key: string) => cast.agents.get(key) ?? desk.owner.id;

  await addPartner(desk, agent('trade'));
  at(58);
  const anna = { name: 'Anna Bell', address: 'anna.bell@post.example' };
  const requests = [
    await write(anna, 'Change the delivery address', 'Please send order WH-205190 to 14 Mill Lane instead.'),
    await write(anna, 'Connect the thermostat to my speaker', 'Which skill do I need for the TD-120?'),
    await write(anna, 'Guarantee: the TD-90 fan is noisy', 'It hums since yesterday. Shall I send it in?'),
  ];
  at(50);
  const [address = 0, speaker = 0] = requests;
  const by = { kind: 'agent', id: agent('quick') } as const;
  const answer = async (ticketId: number, text: string, to = anna.address) => {
    const people = [{ name: '', kind: 'email', value: to }];
    await assignTicket(app, { ticketId, assigneeId: by.id, actor: by });
    await answerTicket(app, { ticketId, agentId: by.id, text, to: people, then: 'wait', actor: by });
    desk.clock.pass(15_000);
    await desk.drain();
  };
  await answer(address, 'Done: the courier has the new address and comes on Thursday.');
  await solveTicket(app, { ticketId: address, actor: by });
  await answer(speaker, 'The skill is called Warm House. Does the app show the thermostat as online?');

  at(40);
  const partner = { name: 'Marcus Reed', address: 'm.reed@northgate-school.example' };
  const boiler = await write(
    partner,
    'Forge 35 boiler shows E02, no heating in the hall',
    'Good morning, the boiler in the hall stopped at eight and shows the error code E02. Restarting helps for ten minutes. We have 200 children here, when can somebody come?',
  );
  at(25);
  const grace = { name: 'Grace Holt', address: 'grace.holt@post.example' };
  const handedOver = await write(
    grace,
    'Two Cosy thermostats drop the connection every night',
    'Both lose the bridge at about two in the morning and come back at six. I have the firmware 2.4.',
  );
  await answer(handedOver, 'I have asked our engineers and write to you today.', grace.address);
  const engineers = await addEngineers(app);
  await handOver(app, {
    ticketId: handedOver,
    toTeamId: engineers.teamId,
    workerId: engineers.agentId,
    card: {
      wanted: 'The thermostats shall stay connected at night',
      tried: 'Restarted the bridge, new batteries, another channel of the Wi-Fi',
      promised: 'An answer today, by six in the evening',
      promisedAt: new Date(now.getTime() + 7 * 3_600_000).toISOString(),
    },
    agentId: by.id,
    actor: by,
  });
  await desk.drain();
  desk.clock.set(now);
  await desk.drain();
  return { boiler, handedOver, anna: { address: anna.address, requests } };
}

/** Letters leave it and go nowhere; none is fetched. */
async function addMailbox({ app }: TestDesk, { lineId, smtpPort }: { lineId: number; smtpPort: number }) {
  const config = { smtp: { host: '127.0.0.1', port: smtpPort, secure: 'none' } };
  const mailbox = { channel: 'email', lineId, name: 'Warm House', address: 'help@warm-house.example' };
  return addAccount(app, { ...mailbox, config, actor });
}

/** A school that buys boilers, with a manager of its own. */
async function addPartner({ app }: TestDesk, managerId: number): Promise<void> {
  const organizationId = await createOrganization(app, { name: 'Northgate School', actor });
  const identities = [{ kind: 'email', value: 'm.reed@northgate-school.example' }];
  const contactId = await createContact(app, { name: 'Marcus Reed', identities, actor });
  await addMembership(app, { contactId, organizationId, role: 'employee', actor });
  const segment: { id: number } = await app.db('routing_segments').where({ mark: 'A' }).first('id');
  await change(app, (step) =>
    putInSegment(step, { organizationId, segmentId: segment.id, source: 'hand', actor }),
  );
  await setManager(app, { organizationId, agentId: managerId, actor });
}

type Post = (
  from: { readonly name: string; readonly address: string },
  subject: string,
  text: string,
) => Promise<number>;

/** A letter comes in. @returns the id of its ticket */
function postOf({ app, drain }: TestDesk, accountId: number): Post {
  let letters = 0;
  return async ({ name, address }, subject, text) => {
    letters += 1;
    const account = await findAccount(app.db, accountId);
    const head = [
      `Message-ID: <${letters}@post.example>`,
      `Date: ${app.now().toUTCString()}`,
      `From: ${name} <${address}>`,
      `To: ${account.address}`,
      `Subject: ${subject}`,
      'Content-Type: text/plain; charset=utf-8',
    ];
    const raw = Buffer.from([...head, '', text, ''].join('\r\n'));
    await keepRaw(app, { account, externalId: `1:${letters}`, raw });
    await drain();
    const row: { id: number } | undefined = await app.db('tickets').where({ subject }).first('id');
    if (!row) throw new Error(`"${subject}" is no ticket`);
    return row.id;
  };
}
