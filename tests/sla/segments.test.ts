import {
  addMembership,
  change,
  chooseHat,
  createContact,
  createOrganization,
  findTicket,
  mergeContacts,
  setPriority,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { routing } from '@helpdesk/plugin-routing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy } from '../../plugins/sla/pages/policy-form.js';
import { explain } from '../../plugins/sla/pages/explain.js';
import { segments } from '../../plugins/sla/segments.js';
import { putInSegment } from '../../plugins/routing/segments/put-in-segment.js';
import { startSlaDesk, system, type SlaDesk } from './sla-desk.js';

describe.each(testEngines)('norms by segment on %s', (engine) => {
  let at: SlaDesk;
  beforeEach(async () => {
    at = await startSlaDesk(engine, [routing({}, { enabled: true })]);
  });
  afterEach(() => at.desk.close());

  const norms = async (mark: string) => {
    const { app } = at.desk;
    const row: { id: number } | undefined = await app.db('routing_segments').where({ mark }).first('id');
    const segmentId = Number(row?.id);
    await at.policy({ first: 60 }, { conditions: { ...emptyPolicy(1).conditions, segments: [segmentId] } });
    return segmentId;
  };

  it('a customer who comes into the segment has its norms within a minute, and reports count him there', async () => {
    const { app } = at.desk;
    const segmentId = await norms('VIP');
    const contactId = await createContact(app, { name: 'Vera', identities: [], actor: system });
    const ticketId = await at.receive({ contactId });
    expect(await findTicket(app.db, ticketId)).toMatchObject({ dueAt: null });
    await change(app, (step) => putInSegment(step, { contactId, segmentId, source: 'hand', actor: system }));
    await at.pass(1);
    expect((await findTicket(app.db, ticketId)).dueAt).toBe('2026-03-12T08:00:00.000Z');
    expect(await at.clocks(ticketId)).toMatchObject([
      { kind: 'first', segmentId, state: 'running' },
      { kind: 'solve', segmentId, state: 'none' },
    ]);
  });

  it('a role brings the norm of its organization’s segment from when it was chosen, and takes it away again', async () => {
    const { app } = at.desk;
    const segmentId = await norms('A');
    const organizationId = await createOrganization(app, { name: 'Firm of heating', actor: system });
    await change(app, (step) =>
      putInSegment(step, { organizationId, segmentId, source: 'hand', actor: system }),
    );
    const contactId = await createContact(app, { name: 'Ivan', identities: [], actor: system });
    const hat = { contactId, actor: system };
    const own = await addMembership(app, { ...hat, organizationId: null, role: 'private' });
    const director = await addMembership(app, { ...hat, organizationId, role: 'director' });
    const choose = async (ticketId: number, membershipId: number) => {
      await chooseHat(app, { ticketId, membershipId, reason: 'core.hat.byHand', actor: system });
      await at.desk.drain();
    };
    const answered = await at.receive({ contactId });
    const waits = await at.receive({ contactId });
    for (const ticketId of [answered, waits]) await choose(ticketId, own);
    await at.pass(90);
    await at.reply(answered);
    for (const ticketId of [answered, waits]) await choose(ticketId, director);

    // What was answered as a private person was promised nothing.
    expect(await at.clocks(answered)).toMatchObject([{ kind: 'first', state: 'none' }, { kind: 'solve' }]);
    expect((await findTicket(app.db, waits)).dueAt).toBe('2026-03-12T09:30:00.000Z');
    const { clocks } = await explain(app, { ticketId: waits, viewer: null, segments: app.service(segments) });
    const first = clocks.clocks.find(({ kind }) => kind === 'first');
    expect(first?.norms.map(({ because, norm }) => [because, norm])).toEqual([
      ['message.received', 60 * 60_000],
      ['ticket.hatChanged', null],
      ['ticket.hatChanged', 60 * 60_000],
    ]);
    await choose(waits, own);
    expect((await findTicket(app.db, waits)).dueAt).toBe(null);
  });

  it('a customer who was merged into another keeps the norm of the segment that went along', async () => {
    const { app } = at.desk;
    const segmentId = await norms('VIP');
    const [vera, twin] = [
      await createContact(app, { name: 'Vera', identities: [], actor: system }),
      await createContact(app, { name: 'Vera V.', identities: [], actor: system }),
    ];
    const role = { organizationId: null, role: 'private', actor: system };
    const hat = await addMembership(app, { contactId: vera, ...role });
    await addMembership(app, { contactId: twin, ...role });
    await change(app, (step) =>
      putInSegment(step, { contactId: vera, segmentId, source: 'hand', actor: system }),
    );
    const ticketId = await at.receive({ contactId: vera });
    await chooseHat(app, { ticketId, membershipId: hat, reason: 'core.hat.byHand', actor: system });
    await at.desk.drain();
    await mergeContacts(app, { keptId: twin, goneId: vera, actor: system });
    await at.desk.drain();
    await setPriority(app, { ticketId, priority: 3, actor: system });
    await at.desk.drain();
    expect((await findTicket(app.db, ticketId)).dueAt).toBe('2026-03-12T08:00:00.000Z');
    expect(await at.clocks(ticketId)).toMatchObject([{ kind: 'first', segmentId }, { kind: 'solve' }]);
  });
});
