import { createRole } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSurveysDesk, type SurveysDesk, type Visitor } from '../../../tests/surveys/surveys-desk.js';
import { listSurveys } from '../surveys/list-surveys.js';

const NEW = '/desk/surveys/settings/new';
const fields = {
  kind: 'nps',
  name: 'Half <b>yearly',
  questionRu: 'Порекомендуете?',
  questionEn: 'Would you recommend us?',
  thanksRu: 'Спасибо',
  thanksEn: 'Thanks',
  trigger: 'closed',
  replies: '1',
  delayHours: '24',
  delayKind: 'business',
  lineIds: '1',
  languages: ['ru', 'en'],
  validDays: '14',
  threshold: '6',
  isAlerting: 'true',
};

describe.each(testEngines)('pages of surveys on %s', (engine) => {
  let at: SurveysDesk;
  let owner: Visitor;
  beforeAll(async () => {
    at = await startSurveysDesk(engine);
    owner = await at.visit(at.desk.owner);
  });
  afterAll(() => at.close());
  const stored = () => listSurveys(at.desk.app.db);

  it('a survey is built in the browser, is off at first, and is switched on', async () => {
    const form = await (await owner.get(`${NEW}?kind=nps`)).text();
    expect(form).toContain('Would you recommend us to a friend');
    expect(form).toContain('Порекомендуете нас');
    const saved = await owner.post(NEW, fields);
    expect(saved.status).toBe(303);
    const [survey] = await stored();
    expect(survey).toMatchObject({
      name: 'Half <b>yearly',
      kind: 'nps',
      isOn: false,
      definition: {
        trigger: 'closed',
        delayHours: 24,
        delayKind: 'business',
        lineIds: [1],
        languages: ['ru', 'en'],
        threshold: 6,
        isAlerting: true,
        opensFollowUp: false,
      },
    });
    const list = await (await owner.get('/desk/surveys/settings')).text();
    expect(list).toContain('Half &lt;b&gt;yearly');
    expect(list).toContain('24 business hours later');
    await owner.post(`/desk/surveys/settings/${survey?.id}/switch`);
    expect((await stored())[0]?.isOn).toBe(true);
  });

  it('it comes back as it was, and is changed; whoever saves an old one is told', async () => {
    const [survey] = await stored();
    const path = `/desk/surveys/settings/${survey?.id}`;
    const page = await (await owner.get(path)).text();
    expect(page).toContain('value="Порекомендуете?"');
    expect(page).toMatch(/name="lineIds" value="1" checked/);
    expect(page).toMatch(/name="languages" value="en" checked/);
    // The kind of a survey stays, whatever is sent.
    const change = { ...fields, kind: 'csat', name: 'Yearly', version: String(survey?.version) };
    expect((await owner.post(path, change)).status).toBe(303);
    expect((await stored())[0]).toMatchObject({ name: 'Yearly', kind: 'nps', version: 2 });
    const late = await owner.post(path, { ...change, name: 'Mine' });
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('Somebody else has saved this survey');
    expect((await stored())[0]?.name).toBe('Yearly');
  });

  it('mistakes are told at their place, and what was typed stays', async () => {
    const before = await stored();
    const page = await owner.post(NEW, {
      ...fields,
      name: ' ',
      questionEn: '',
      delayHours: 'soon',
      threshold: '10',
      languages: ['ru'],
    });
    expect(page.status).toBe(422);
    const html = await page.text();
    for (const name of ['name', 'questionEn', 'delayHours']) {
      expect(html).toContain(`href="#f-${name}"`);
      expect(html).toContain(`id="f-${name}"`);
    }
    expect(html).toContain('value="soon"');
    expect(html).toMatch(/name="languages" value="ru" checked/);
    const strange = await owner.post(NEW, { ...fields, threshold: '10', lineIds: ['1', '999'] });
    expect(strange.status).toBe(422);
    const told = await strange.text();
    expect(told).toContain('href="#f-threshold"');
    expect(told).toContain('href="#f-lineIds"');
    expect(await stored()).toEqual(before);
  });

  it('the preview shows letter and page in both languages, and sends nothing', async () => {
    const [survey] = await stored();
    const path = `/desk/surveys/settings/${survey?.id}/preview`;
    const english = await (await owner.get(`${path}?lang=en`)).text();
    expect(english).toContain('Would you recommend us?');
    expect(english).toContain('0 — not at all');
    const russian = await (await owner.get(`${path}?lang=ru`)).text();
    expect(russian).toContain('Порекомендуете?');
    expect(russian).toContain('Больше не спрашивать');
    expect(english).toMatch(/type="submit" disabled/);
  });

  it('the ticket and the contact show the answer, and somebody can say that a contact wants no surveys', async () => {
    await at.survey('csat');
    const contactId = await at.contact('Ann');
    const ticketId = await at.solved(contactId);
    const ticketPage = () => whole(owner, `/desk/tickets/${ticketId}`);
    const contactPage = () => whole(owner, `/desk/contacts/${contactId}`);
    expect(await ticketPage()).toContain('Will be asked');
    await at.pass(5);
    expect(await ticketPage()).toContain('Was asked, no answer yet');
    await at.respond(at.link(), { score: '1', comment: '<script>alert(1)</script>' });
    await at.desk.drain();
    for (const page of [await ticketPage(), await contactPage()]) {
      expect(page).toContain('CSAT 1 of 5');
      expect(page).not.toContain('<script>alert(1)');
    }
    expect(await ticketPage()).toContain('the customer answered the survey');
    expect(await whole(owner, '/desk/inbox?view=solved')).toContain('CSAT 1 of 5');
    await owner.post(`/desk/surveys/contacts/${contactId}/ask`);
    expect(await contactPage()).toContain('Wants no surveys');
    await owner.post(`/desk/surveys/contacts/${contactId}/ask`, { ask: '1' });
    expect(await contactPage()).not.toContain('Wants no surveys');
  });

  it('what is removed asks nobody and keeps its answers', async () => {
    const [survey] = await stored();
    await owner.post(`/desk/surveys/settings/${survey?.id}/remove`);
    expect((await stored()).map(({ id }) => id)).not.toContain(survey?.id);
    expect((await owner.get(`/desk/surveys/settings/${survey?.id}`)).status).toBe(200);
  });

  it('who may look may not change', async () => {
    const actor = { kind: 'system', id: 'test' } as const;
    const role = await createRole(at.desk.app, { name: 'Looks', permissions: ['surveys.read'], actor });
    if (!role.ok) throw new Error(role.because);
    const looker = await at.visit(await at.person('Lou', { role: role.role.key }));
    expect((await looker.get('/desk/surveys/settings')).status).toBe(200);
    expect((await looker.get(NEW)).status).toBe(403);
    for (const path of [
      NEW,
      '/desk/surveys/settings/1/switch',
      '/desk/surveys/settings/1/remove',
      '/desk/surveys/contacts/1/ask',
    ])
      expect((await looker.post(path, fields)).status, path).toBe(403);
  });
});

// Panels have 150 ms: on a busy machine a reader presses "retry", as the page says.
async function whole(visitor: Visitor, path: string): Promise<string> {
  let html = '';
  for (let tries = 0; tries < 20; tries += 1) {
    html = await (await visitor.get(path)).text();
    if (!html.includes('did not load')) break;
  }
  return html;
}
