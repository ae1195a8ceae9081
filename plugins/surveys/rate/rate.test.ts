import { closeTicket, reopenTicket, solveTicket, startViewAs, type Actor } from '@helpdesk/core';
import { signInVisitor, testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { portal } from '../../portal/index.js';
import { browse, leadsTo, type Browsing } from '../../../tests/portal/portal-desk.js';
import { unsubscribe } from '../answer/unsubscribe.js';
import { startSurveysDesk, type SurveysDesk } from '../../../tests/surveys/surveys-desk.js';

const DAY_HOURS = 24;

describe.each(testEngines)('rating a request on its page on %s', (engine) => {
  let at: SurveysDesk;
  let ann: number;
  let agent: Actor;
  beforeEach(async () => {
    at = await startSurveysDesk(engine, 'en', { plugins: [portal({}, { enabled: true })] });
    agent = { kind: 'agent', id: at.desk.owner.id };
    ann = await at.contact('Ann');
  });
  afterEach(() => at.close());

  const enter = async (contactId: number): Promise<Browsing> =>
    browse(at.desk, await signInVisitor(at.desk, contactId));
  const numberOf = async (ticketId: number): Promise<number> =>
    (await at.desk.app.db('tickets').where({ id: ticketId }).first('number')).number;
  const pagesOf = async (ticketId: number, contactId = ann) => {
    const [browser, number] = [await enter(contactId), await numberOf(ticketId)];
    return {
      // A panel that came late on a busy machine is there on the next visit.
      async read() {
        let page = '';
        const look = async () => (page = await (await browser.get(`/requests/${number}`)).text());
        await expect.poll(look).not.toContain('<section class="panel" data-plugin="surveys">');
        return page;
      },
      rate: (fields: Readonly<Record<string, string>>) => browser.post(`/surveys/requests/${number}`, fields),
      number,
    };
  };
  const answersOf = async (ticketId: number) => {
    const { score, comment, answers, state } = (await at.invitation(ticketId)) ?? {};
    return { score, comment, answers, state };
  };

  it('one click answers, words may be added; it is a note, a badge and a figure like an answer by mail', async () => {
    await at.survey('csat');
    const ticketId = await at.solved(ann);
    const { read, rate, number } = await pagesOf(ticketId);
    const page = await read();
    expect(page).toContain('How was our answer?');
    expect(page).toContain('<button type="submit" name="score" value="4">');
    expect(await answersOf(ticketId)).toMatchObject({ state: 'waiting', score: null });
    const answer = await rate({ score: '4' });
    expect([answer.status, leadsTo(answer)]).toEqual([303, `/requests/${number}#rate`]);
    expect(saidBy(answer)).toBe('It has reached us');
    const rated = await read();
    expect(rated).toMatch(/value="4" required checked/);
    await rate({ score: '2', comment: ' Too slow ', mayContact: '1' });
    await rate({ score: '2', comment: 'Too slow', mayContact: '1' });
    expect(await at.invitation(ticketId)).toMatchObject({
      state: 'sent',
      score: 2,
      comment: 'Too slow',
      mayContact: 1,
      answers: 2,
      contactId: ann,
      lineId: 1,
    });
    await at.desk.drain();
    const notes = await at.desk.app
      .db('messages')
      .where({ ticketId, kind: 'note' })
      .orderBy('id')
      .select('text');
    expect(notes.map(({ text }) => text).join('\n')).toMatch(/2 of 5[^]*Too slow/);
    const owner = await at.visit(at.desk.owner);
    expect(await (await owner.get('/desk/surveys/report/answers?kind=csat')).text()).toContain('Too slow');
    // The letter that waited has not left, nor does it later.
    await at.pass(3 * DAY_HOURS);
    expect(at.post.mails).toEqual([]);
  });

  it('who was asked by mail answers the same question here, and changes the answer as long as the link is good', async () => {
    await at.survey('nps');
    const ticketId = await at.solved(ann);
    expect(await (await pagesOf(ticketId)).read()).not.toContain('/surveys/requests/');
    await at.pass(5);
    await at.respond(at.link(), { score: '3' });
    const { read, rate } = await pagesOf(ticketId);
    expect(await read()).toMatch(/value="3" required checked/);
    await rate({ score: '9', comment: 'Better now' });
    expect(await answersOf(ticketId)).toEqual({ score: 9, comment: 'Better now', answers: 2, state: 'sent' });
    await at.pass(15 * DAY_HOURS);
    const late = await pagesOf(ticketId);
    expect(await late.read()).toContain('Better now');
    expect(await late.read()).not.toContain('/surveys/requests/');
    await late.rate({ score: '0' });
    expect(await answersOf(ticketId)).toMatchObject({ score: 9, answers: 2 });
  });

  it('neither the limit on questions nor a wish not to be asked stops what is said by oneself', async () => {
    await at.survey('csat');
    const first = await at.solved(ann);
    await at.pass(5);
    expect(at.post.mails).toHaveLength(1);
    const second = await at.solved(ann);
    await at.pass(5);
    expect(await at.invitation(second)).toMatchObject({ state: 'skipped', reason: 'fatigue' });
    await unsubscribe(at.desk.app, { contactId: ann, actor: agent });
    await (await pagesOf(second)).rate({ score: '5' });
    expect(await answersOf(second)).toMatchObject({ score: 5, state: 'sent' });
    expect(await answersOf(first)).toMatchObject({ score: null });
  });

  it('asks nothing before a request is done, after its days are over, or where no survey is for it', async () => {
    const surveyId = await at.survey('csat', { lineIds: [999] });
    const ticketId = await at.solved(ann);
    expect(await (await pagesOf(ticketId)).read()).not.toContain('/surveys/requests/');
    expect((await (await pagesOf(ticketId)).rate({ score: '5' })).status).toBe(404);
    await at.desk.app.database.writer('surveys_surveys').where({ id: surveyId }).update({ isOn: 0 });
    await at.survey('csat', { trigger: 'closed' });
    expect((await (await pagesOf(ticketId)).rate({ score: '5' })).status).toBe(404);
    await closeTicket(at.desk.app, { ticketId, actor: agent });
    expect(await (await pagesOf(ticketId)).read()).toContain('/surveys/requests/');
    await reopenTicket(at.desk.app, { ticketId, actor: agent });
    expect((await (await pagesOf(ticketId)).rate({ score: '5' })).status).toBe(404);
    expect((await answersOf(ticketId)).score ?? null).toBeNull();
    await solveTicket(at.desk.app, { ticketId, actor: agent });
    await closeTicket(at.desk.app, { ticketId, actor: agent });
    at.desk.clock.pass(15 * DAY_HOURS * 3_600_000);
    expect(await (await pagesOf(ticketId)).read()).not.toContain('/surveys/requests/');
    await (await pagesOf(ticketId)).rate({ score: '5' });
    expect((await answersOf(ticketId)).score ?? null).toBeNull();
  });

  it('is for the owner alone: no colleague, no agent who looks, no form of another site, no visit', async () => {
    await at.survey('csat');
    const ticketId = await at.solved(ann);
    const stranger = await pagesOf(ticketId, await at.contact('Bob'));
    expect((await stranger.rate({ score: '1' })).status).toBe(404);
    const { app } = at.desk;
    const looks = { contactId: ann, agent: { id: at.desk.owner.id }, ip: '127.0.0.1', device: 'test' };
    const { token } = await startViewAs(app, looks);
    const path = `/surveys/requests/${await numberOf(ticketId)}`;
    expect((await browse(at.desk, `hdp=${token}`).post(path, { score: '1' })).status).toBe(403);
    expect(leadsTo(await browse(at.desk, '').post(path, { score: '1' }))).toMatch(/^\/sign-in/);
    const { cookie, get } = await enter(ann);
    const foreign = { cookie, 'sec-fetch-site': 'cross-site' };
    const body = new URLSearchParams({ score: '1' });
    expect((await fetch(at.desk.url + path, { method: 'POST', headers: foreign, body })).status).toBe(403);
    expect((await get(`${path}?score=1`)).status).toBe(404);
    expect(await at.invitation(ticketId)).toMatchObject({ score: null });
  });

  it('says when nothing was chosen, and of two clicks at once keeps one answer', async () => {
    await at.survey('csat');
    const ticketId = await at.solved(ann);
    const { rate } = await pagesOf(ticketId);
    for (const score of ['', '0', '6', 'x'])
      expect(saidBy(await rate({ score }))).toBe('Please choose a score.');
    expect(await answersOf(ticketId)).toMatchObject({ score: null });
    await Promise.all([rate({ score: '5' }), rate({ score: '5' })]);
    expect(await answersOf(ticketId)).toMatchObject({ score: 5, answers: 1 });
  });
});

/** The words that the next page shows once. */
function saidBy(answer: Response): string {
  const [sealed = ''] = /(?<=hd-flash=)[^.;]+/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
  return (JSON.parse(Buffer.from(sealed, 'base64url').toString()) as { text: string }).text;
}
