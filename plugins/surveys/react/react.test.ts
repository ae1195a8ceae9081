import {
  createTeam,
  listLinks,
  mergeContacts,
  readTimeline,
  solveTicket,
  transferTicket,
  unmergeContacts,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSurveysDesk, system, type SurveysDesk } from '../../../tests/surveys/surveys-desk.js';
import { unsubscribe } from '../answer/unsubscribe.js';

describe.each(testEngines)('what an answer sets going on %s', (engine) => {
  let at: SurveysDesk;
  let ann: number;
  let ticketId: number;
  beforeEach(async () => {
    at = await startSurveysDesk(engine);
    ann = await at.contact('Ann');
  });
  afterEach(() => at.close());

  const app = () => at.desk.app;
  const notes = async () =>
    (await readTimeline(app().db, { ticketId })).messages
      .filter(({ kind }) => kind === 'note')
      .map(({ text }) => text);
  const mentioned = () => app().db('mentions').where({ ticketId }).orderBy('agentId').select('agentId');
  const respond = async (fields: Readonly<Record<string, string>>) => {
    await at.respond(at.link(), fields);
    await at.desk.drain();
  };
  const ask = async () => {
    ticketId = await at.solved(ann);
    await at.pass(5);
  };

  it('the answer stands on the ticket and in the log, the words in the ticket alone', async () => {
    await at.survey();
    await ask();
    await respond({ score: '5', comment: 'Anna is **great**' });
    expect(await notes()).toEqual(['Answer to “How it was”: 5 of 5.\n\n> Anna is \\*\\*great\\*\\*']);
    expect(await mentioned()).toEqual([]);
    const event = (await app().db('events').where({ name: 'surveys.answered' }).first()) as Record<
      string,
      string
    >;
    expect(event).toMatchObject({ ticketId, contactId: ann, actorKind: 'contact' });
    expect(JSON.parse(event['payload'] ?? '')).toMatchObject({ score: 5, isBad: false, revision: 1 });
    expect(event['payload']).not.toContain('great');
    await respond({ score: '4', comment: '', mayContact: '1' });
    expect((await notes()).at(-1)).toBe(
      'The answer to “How it was” was changed: 4 of 5.\n\nThe customer may be contacted about it.',
    );
  });

  it('a bad score tells the supervisors of the team, and opens a linked ticket, once', async () => {
    await at.survey('nps', { opensFollowUp: true, threshold: 6 });
    const team = await createTeam(app(), { name: 'Front', actor: system });
    if (!team.ok) throw new Error(team.because);
    const lead = await at.person('Lea', { role: 'supervisor', teamIds: [team.teamId] });
    await at.person('Max', { role: 'supervisor' });
    ticketId = await at.letter(ann);
    await transferTicket(app(), { ticketId, teamId: team.teamId, actor: system });
    await at.answer(ticketId);
    await solveTicket(app(), { ticketId, actor: system });
    await at.desk.drain();
    await at.pass(5);
    await respond({ score: '3', comment: 'Never again' });
    expect((await mentioned()).map(({ agentId }: { agentId: number }) => agentId)).toEqual([
      at.desk.owner.id,
      lead.id,
    ]);
    const links = await listLinks(app().db, ticketId, { agentId: at.desk.owner.id, lineIds: 'all' });
    expect(links).toMatchObject([{ kind: 'related', category: 'open' }]);
    const [followUp] = links;
    expect(followUp?.subject).toMatch(/^Bad score: No\. \d+ Boiler/);
    const invitation = await at.invitation(ticketId);
    expect(invitation?.followUpId).toBe(followUp?.id);
    const opened: unknown = await app().db('tickets').where({ id: followUp?.id }).first();
    expect(opened).toMatchObject({
      contactId: ann,
      teamId: team.teamId,
      assigneeId: at.desk.owner.id,
      priority: 3,
    });
    const { messages } = await readTimeline(app().db, { ticketId: followUp?.id ?? 0 });
    expect(messages).toMatchObject([{ kind: 'incoming', agentId: null, contactId: ann }]);
    expect(messages[0]?.text).toContain('Never again');
    await respond({ score: '0', comment: 'Really never' });
    expect(await mentioned()).toHaveLength(2);
    expect(await app().db('tickets').where({ contactId: ann })).toHaveLength(2);
    expect((await notes()).at(-1)).toContain('0 of 10');
  });

  it('without a supervisor the owners hear of it, and a good score nobody', async () => {
    await at.survey('csat', { threshold: 2 });
    await ask();
    await respond({ score: '3' });
    expect(await mentioned()).toEqual([]);
    await respond({ score: '2' });
    expect(await mentioned()).toEqual([{ agentId: at.desk.owner.id }]);
  });

  it('answers go with a merge of contacts and come back; who wants no surveys wants none', async () => {
    await at.survey();
    await ask();
    await respond({ score: '5' });
    await unsubscribe(app(), { contactId: ann, actor: system });
    const olga = await at.contact('Olga');
    const { mergeId } = await mergeContacts(app(), { keptId: olga, goneId: ann, actor: system });
    await at.desk.drain();
    expect(await at.invitation(ticketId)).toMatchObject({ contactId: olga });
    const later = await at.solved(olga);
    await at.pass(5);
    expect(await at.invitation(later)).toMatchObject({ state: 'skipped', reason: 'unsubscribed' });
    await unmergeContacts(app(), { mergeId, actor: system });
    await at.desk.drain();
    expect(await at.invitation(ticketId)).toMatchObject({ contactId: ann });
  });
});
