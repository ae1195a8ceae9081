import { change, createContact, findTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { routing } from '@helpdesk/plugin-routing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy } from '../../plugins/sla/pages/policy-form.js';
import { putInSegment } from '../../plugins/routing/segments/put-in-segment.js';
import { startSlaDesk, system, type SlaDesk } from './sla-desk.js';

describe.each(testEngines)('norms by segment on %s', (engine) => {
  let at: SlaDesk;
  beforeEach(async () => {
    at = await startSlaDesk(engine, [routing({}, { enabled: true })]);
  });
  afterEach(() => at.desk.close());

  it('a customer who comes into the segment has its norms within a minute, and reports count him there', async () => {
    const { app } = at.desk;
    const [vip] = await app.db('routing_segments').where({ mark: 'VIP' }).select<{ id: number }[]>('id');
    const segmentId = Number(vip?.id);
    await at.policy({ first: 60 }, { conditions: { ...emptyPolicy(1).conditions, segments: [segmentId] } });
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
});
