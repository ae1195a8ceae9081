import { closeTicket, createLine, moveToLine, reopenTicket, solveTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSurveysDesk, system, type SurveysDesk } from '../../../tests/surveys/surveys-desk.js';
import { unsubscribe } from '../answer/unsubscribe.js';
import { switchSurvey } from '../surveys/change-survey.js';

describe.each(testEngines)('invitations on %s', (engine) => {
  let at: SurveysDesk;
  let ann: number;
  beforeEach(async () => {
    at = await startSurveysDesk(engine);
    ann = await at.contact('Ann');
  });
  afterEach(() => at.close());

  const app = () => at.desk.app;
  const mails = () => at.post.mails;
  const state = async (ticketId: number) => {
    const found = await at.invitation(ticketId);
    return found && [found.state, found.reason];
  };

  it('a mail goes out after the delay, with a link for each score and nothing of the ticket but number and subject', async () => {
    await at.survey('csat');
    const ticketId = await at.solved(ann);
    await at.pass(3.9);
    expect(mails()).toEqual([]);
    expect(await state(ticketId)).toEqual(['waiting', null]);
    await at.pass(0.2);
    expect(mails()).toHaveLength(1);
    const [mail] = mails();
    expect(mail?.to).toBe('ann@client.example');
    expect(mail?.subject).toMatch(/^How was our answer\? \(No\. \d+\)$/);
    expect(mail?.text.match(/\?score=\d/g)).toEqual(['5', '4', '3', '2', '1'].map((n) => `?score=${n}`));
    expect(mail?.html).toContain('Boiler &lt;b&gt;');
    expect(mail?.html).not.toContain('It is cold');
    expect(at.stopLink()).not.toBe('');
    expect(await state(ticketId)).toEqual(['sent', null]);
    await at.pass(100);
    expect(mails()).toHaveLength(1);
  });

  it('speaks the language of the customer: of the contact, else of the letter', async () => {
    await at.survey('nps');
    await at.solved(await at.contact('Olga', { language: 'ru' }));
    const { ticketId } = { ticketId: await at.letter(ann, { text: 'Батареи холодные, помогите' }) };
    await solveTicket(app(), { ticketId, actor: system });
    await at.desk.drain();
    await at.pass(5);
    expect(mails().map(({ subject }) => subject.replace(/\d+/, 'N'))).toEqual([
      'Как вам ответ? (№ N)',
      'Как вам ответ? (№ N)',
    ]);
  });

  it('in business hours: what is solved on Friday evening is asked on Monday', async () => {
    await at.survey('csat', { delayKind: 'business', delayHours: 2 });
    at.desk.clock.set(new Date('2026-03-13T17:00:00Z'));
    await at.solved(ann);
    await at.pass(24);
    expect(mails()).toEqual([]);
    at.desk.clock.set(new Date('2026-03-16T10:01:00Z'));
    await at.desk.drain();
    expect(mails()).toHaveLength(1);
  });

  it('reopened, it is called off; solved again, it is asked after all', async () => {
    await at.survey();
    const ticketId = await at.solved(ann);
    await reopenTicket(app(), { ticketId, actor: system });
    await at.desk.drain();
    expect(await state(ticketId)).toEqual(['cancelled', 'reopened']);
    await at.pass(5);
    expect(mails()).toEqual([]);
    await solveTicket(app(), { ticketId, actor: system });
    await at.desk.drain();
    await at.pass(5);
    expect(mails()).toHaveLength(1);
  });

  it('a contact is asked once in so many days over all surveys, a ticket never twice', async () => {
    await at.survey('csat', { trigger: 'solved' });
    await at.survey('nps', { trigger: 'closed' });
    const first = await at.solved(ann);
    await at.pass(5);
    await closeTicket(app(), { ticketId: first, actor: system });
    await at.desk.drain();
    await at.pass(5);
    expect(mails()).toHaveLength(1);
    const second = await at.solved(ann);
    await at.pass(5);
    expect(await state(second)).toEqual(['skipped', 'fatigue']);
    await at.pass(30 * 24);
    const third = await at.solved(ann);
    await at.pass(5);
    expect(await state(third)).toEqual(['sent', null]);
  });

  it('of two that are due at once one leaves', async () => {
    await at.survey();
    await at.solved(ann);
    await at.solved(ann);
    await at.pass(5);
    expect(mails()).toHaveLength(1);
  });

  it('asks after the answer that was said, of people alone', async () => {
    await at.survey('ces', { trigger: 'reply', replies: 2, delayHours: 1 });
    const ticketId = await at.letter(ann);
    await at.answer(ticketId);
    await at.pass(2);
    expect(await at.invitation(ticketId)).toBeUndefined();
    await at.answer(ticketId);
    await at.pass(2);
    expect(await state(ticketId)).toEqual(['sent', null]);
  });

  it('asks only where it is said: lines and languages', async () => {
    const line = await createLine(app(), { name: 'Sales', actor: system });
    if (!line.ok) throw new Error(line.because);
    await at.survey('csat', { lineIds: [line.lineId], languages: ['en'] });
    const elsewhere = await at.solved(ann);
    expect(await at.invitation(elsewhere)).toBeUndefined();
    const letter = async (language: 'ru' | 'en') => {
      const ticketId = await at.letter(await at.contact(`Some-${language}`, { language }));
      await moveToLine(app(), { ticketId, lineId: line.lineId, actor: system });
      await solveTicket(app(), { ticketId, actor: system });
      await at.desk.drain();
      return state(ticketId);
    };
    expect(await letter('ru')).toBeUndefined();
    expect(await letter('en')).toEqual(['waiting', null]);
  });

  it('never asks machines, addresses that bounced, nor those who want no surveys', async () => {
    await at.survey();
    const machine = await at.letter(ann, { auto: 'auto' });
    await solveTicket(app(), { ticketId: machine, actor: system });
    await at.desk.drain();
    const bob = await at.contact('Bob');
    const bounced = await at.solved(bob);
    await app()
      .database.writer('identities')
      .where({ contactId: bob })
      .update({ failedAt: '2026-03-12T09:00:00.000Z' });
    const cid = await at.contact('Cid');
    const refused = await at.solved(cid);
    await unsubscribe(app(), { contactId: cid, actor: system });
    await at.pass(5);
    expect(mails()).toEqual([]);
    expect(await state(machine)).toEqual(['skipped', 'automatic']);
    expect(await state(bounced)).toEqual(['skipped', 'noAddress']);
    expect(await state(refused)).toEqual(['skipped', 'unsubscribed']);
    const later = await at.solved(cid);
    await at.pass(5);
    expect(await state(later)).toEqual(['skipped', 'unsubscribed']);
  });

  it('waits for a mailbox that can send, for a week', async () => {
    await at.survey();
    at.post.isReady = false;
    const ticketId = await at.solved(ann);
    await at.pass(5);
    expect(await state(ticketId)).toEqual(['waiting', null]);
    const told = (await app().health()).checks.find(({ plugin }) => plugin === 'surveys');
    expect(told).toMatchObject({ ok: false, detail: expect.stringContaining('no mailbox can send') });
    at.post.isReady = true;
    await at.pass(1);
    expect(mails()).toHaveLength(1);
    const late = await at.solved(await at.contact('Bob'));
    at.post.isReady = false;
    await at.pass(8 * 24);
    expect(await state(late)).toEqual(['skipped', 'late']);
  });

  it('asks in the messenger in which the customer writes', async () => {
    await at.survey();
    const contactId = await at.contact('Max', { kind: 'chat' });
    const ticketId = await at.letter(contactId, { channel: 'chat' });
    await solveTicket(app(), { ticketId, actor: system });
    await at.desk.drain();
    await at.pass(5);
    expect(mails()).toEqual([]);
    const sent = await app()
      .db('messages')
      .where({ ticketId, kind: 'outgoing' })
      .select('text', 'auto', 'agentId');
    expect(sent).toMatchObject([{ auto: 'auto', agentId: null, text: expect.stringContaining('?score=5') }]);
    expect(await app().db('deliveries').where({ ticketId }).select('recipient', 'state')).toEqual([
      { recipient: 'max@client.example', state: 'sent' },
    ]);
    const ticket: unknown = await app().db('tickets').where({ id: ticketId }).first('category');
    expect(ticket).toEqual({ category: 'solved' });
  });

  it('nobody is asked about the past, nor by a survey that is off', async () => {
    const surveyId = await at.survey();
    await switchSurvey(app(), { surveyId, isOn: false, actor: system });
    const before = await at.solved(ann);
    await switchSurvey(app(), { surveyId, isOn: true, actor: system });
    await at.pass(5);
    expect(await at.invitation(before)).toBeUndefined();
    const planned = await at.solved(ann);
    await switchSurvey(app(), { surveyId, isOn: false, actor: system });
    await at.pass(5);
    expect(await state(planned)).toEqual(['cancelled', 'off']);
    expect(mails()).toEqual([]);
  });

  it('what was taken in from the past asks nobody', async () => {
    await at.survey();
    const ticketId = await at.letter(ann);
    await solveTicket(app(), { ticketId, actor: system });
    // The desk stood still for two days.
    at.desk.clock.pass(48 * 3_600_000);
    await at.desk.drain();
    expect(await at.invitation(ticketId)).toBeUndefined();
  });
});
