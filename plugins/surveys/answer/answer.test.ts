import { request as httpRequest } from 'node:http';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  sealIn,
  startSurveysDesk,
  type SurveysDesk,
  type Visitor,
} from '../../../tests/surveys/surveys-desk.js';

describe.each(testEngines)('the customer’s page on %s', (engine) => {
  let at: SurveysDesk;
  let customer: Visitor;
  let ticketId: number;
  let link: string;
  beforeEach(async () => {
    at = await startSurveysDesk(engine);
    await at.survey('csat');
    ticketId = await at.solved(await at.contact('Ann'));
    await at.pass(5);
    link = at.link();
    customer = await at.visit();
  });
  afterEach(() => at.close());

  const kept = async () => {
    const { score, comment, answers, mayContact } = (await at.invitation(ticketId)) ?? {};
    return { score, comment, answers, mayContact };
  };
  const nothing = { score: null, comment: '', answers: 0, mayContact: 0 };

  it('a click in the mail chooses, sending records, and the customer may think again', async () => {
    const page = await (await customer.get(`${link}?score=2`)).text();
    expect(page).toMatch(/value="2" required checked/);
    expect(page).toContain('Boiler &lt;b&gt;');
    expect(page).not.toContain('It is cold');
    expect(await kept()).toEqual(nothing);
    const answered = await customer.post(link, {
      score: '2',
      comment: ' Too slow ',
      mayContact: '1',
      seal: sealIn(page),
    });
    expect(answered.status).toBe(303);
    expect(await kept()).toEqual({ score: 2, comment: 'Too slow', answers: 1, mayContact: 1 });
    const thanks = await (await customer.get(answered.headers.get('location') ?? '')).text();
    expect(thanks).toContain('It has reached us');
    const again = await (await customer.get(link)).text();
    expect(again).toMatch(/value="2" required checked/);
    expect(again).toContain('Too slow');
    await customer.post(link, { score: '5', comment: '', seal: sealIn(again) });
    expect(await kept()).toEqual({ score: 5, comment: '', answers: 2, mayContact: 0 });
    await customer.post(link, { score: '5', comment: '', seal: sealIn(again) });
    expect(await kept()).toMatchObject({ answers: 2 });
  });

  it('programs that look into mails cannot vote', async () => {
    const scanners: (() => Promise<unknown>)[] = [
      () => fetch(`${at.desk.url}${link}?score=1`, { method: 'HEAD' }),
      () => fetch(`${at.desk.url}${link}?score=1`),
      () => customer.get(`${link}?score=1`, { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' }),
      () => customer.get(`${link}?score=1`, { 'x-moz': 'prefetch', 'user-agent': 'LinkScanner/1.0' }),
      () => customer.get(at.stopLink()),
      () => customer.get(`/inbound${at.stopLink()}`),
      // A form that nobody has seen, though it seems to come from this site.
      () => customer.post(link, { score: '1' }),
      () => customer.post(`${link}?score=1`, { score: '1', seal: link.split('/').at(-1) ?? '' }),
      () => customer.post(at.stopLink(), {}),
      () => plainPost(`${at.desk.url}/inbound${at.stopLink()}`, ''),
      () => plainPost(`${at.desk.url}/inbound${link.replace('surveys', 'surveys/stop')}`, ONE_CLICK),
      () => plainPost(`${at.desk.url}${link}?score=1`, 'score=1'),
    ];
    for (const scan of scanners) await scan();
    expect(await kept()).toEqual(nothing);
    expect(await at.desk.app.db('surveys_optouts')).toEqual([]);
    const refused = await customer.post(link, { score: '1' });
    expect(refused.status).toBe(422);
    const form = await refused.text();
    expect(form).toContain('send it once more');
    // What was chosen stays, and the second try is good.
    expect(form).toMatch(/value="1" required checked/);
    await customer.post(link, { score: '1', seal: sealIn(form) });
    expect(await kept()).toMatchObject({ score: 1 });
  });

  it('no score, a wrong one and too many words are said where they are, and nothing is lost', async () => {
    const seal = sealIn(await (await customer.get(link)).text());
    for (const score of ['', '0', '6', 'x']) {
      const page = await customer.post(link, { score, comment: 'Kept "words"', seal });
      expect(page.status).toBe(422);
      const html = await page.text();
      expect(html).toContain('Please choose a score');
      expect(html).toContain('Kept &quot;words&quot;');
    }
    expect((await customer.post(link, { score: '5', comment: 'x'.repeat(5001), seal })).status).toBe(422);
    expect(await kept()).toEqual(nothing);
  });

  it('a link that is wrong or too old says so kindly', async () => {
    const wrong = await customer.get(`${link}x?score=5`);
    expect(wrong.status).toBe(404);
    expect(await wrong.text()).toContain('This link leads nowhere');
    const seal = sealIn(await (await customer.get(link)).text());
    at.desk.clock.pass(15 * 24 * 3_600_000);
    const old = await customer.get(link);
    expect(old.status).toBe(410);
    expect(await old.text()).toContain('This survey is over');
    expect((await customer.post(link, { score: '5', seal })).status).toBe(410);
    expect(await kept()).toEqual(nothing);
  });

  it('the other language is one click away', async () => {
    const page = await (await customer.get(`${link}?score=4`)).text();
    expect(page).toContain('How was our answer?');
    const russian = await (await customer.get(`${link}?score=4&lang=ru`)).text();
    expect(russian).toContain('Как вам ответ?');
    expect(russian).toContain('lang="ru"');
    expect(russian).toMatch(/value="4" required checked/);
  });

  it('one button ends all surveys', async () => {
    const page = await (await customer.get(at.stopLink())).text();
    const done = await customer.post(at.stopLink(), { seal: sealIn(page) });
    expect(await (await customer.get(done.headers.get('location') ?? '')).text()).toContain(
      'You get no more surveys',
    );
    expect(await at.desk.app.db('surveys_optouts').select('contactId')).toHaveLength(1);
  });

  it('the button of a mail program does so too, by itself and long after the survey, and is obeyed', async () => {
    const stop = at.stopLink();
    const opened = await customer.get(`/inbound${stop}`);
    expect([opened.status, opened.headers.get('location')]).toEqual([303, stop]);
    at.desk.clock.pass(100 * 24 * 3_600_000);
    expect((await customer.get(link)).status).toBe(410);
    expect((await customer.get(stop)).status).toBe(200);
    expect(await plainPost(`${at.desk.url}/inbound${stop}`, ONE_CLICK)).toBe(204);
    expect(await plainPost(`${at.desk.url}/inbound${stop}`, ONE_CLICK)).toBe(204);
    expect(await plainPost(`${at.desk.url}/inbound${stop}x`, ONE_CLICK)).toBe(403);
    const { contactId } = (await at.invitation(ticketId)) ?? {};
    expect(await at.desk.app.db('surveys_optouts').select('contactId')).toEqual([{ contactId }]);
    const again = await at.solved(contactId ?? 0);
    await at.pass(5);
    expect(await at.invitation(again)).toMatchObject({ state: 'skipped', reason: 'unsubscribed' });
  });

  it('a letter over HTTPS has the button, one over HTTP the page alone', async () => {
    const { headers } = at.post.mails.at(-1) ?? {};
    expect(headers).toEqual({ 'List-Unsubscribe': `<${at.desk.app.company.url}/inbound${at.stopLink()}>` });
    const secure = await startSurveysDesk('sqlite', 'en', { url: 'https://desk.example' });
    try {
      await secure.survey();
      await secure.solved(await secure.contact('Bob'));
      await secure.pass(5);
      expect(secure.post.mails.at(-1)?.headers).toEqual({
        'List-Unsubscribe': `<https://desk.example/inbound${secure.stopLink()}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      });
    } finally {
      await secure.close();
    }
  });

  it('an answer takes its link to the ticket it is about, and to no other', async () => {
    const other = await at.solved(await at.contact('Bob'));
    await at.pass(5);
    const seal = sealIn(await (await customer.get(link)).text());
    const refused = await customer.post(at.link(), { score: '1', seal });
    expect(refused.status).toBe(422);
    expect(await at.invitation(other)).toMatchObject({ score: null });
  });
});

const ONE_CLICK = 'List-Unsubscribe=One-Click';

/** A POST as programs send it: without what browsers say of where it comes from. */
function plainPost(url: string, body: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = httpRequest(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => done(answer.statusCode));
    });
    asked.on('error', fail);
    asked.end(body);
  });
}
