import { change, changeContact, createContact } from '@helpdesk/core';
import { signInVisitor, testEngines } from '@helpdesk/core/testing';
import { portal } from '@helpdesk/plugin-portal';
import { routing } from '@helpdesk/plugin-routing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putInSegment } from '../../plugins/routing/segments/put-in-segment.js';
import { saveSegment } from '../../plugins/routing/segments/save-segment.js';
import { startKbDesk, system, type KbDesk, type Visit } from './kb-desk.js';

describe.each(testEngines)('articles with the portal and segments on %s', (engine) => {
  let at: KbDesk;
  let segmentId: number;
  let vip: number;
  let plain: number;
  beforeAll(async () => {
    const plugins = [portal({}, { enabled: true }), routing({}, { enabled: true })];
    at = await startKbDesk({ engine, plugins });
    const segment = { mark: 'V', name: 'VIP', teamId: null, managerId: null, rule: null };
    segmentId = await saveSegment(at.app, { ...segment, actor: system });
    [vip = 0, plain = 0] = await Promise.all(
      ['Vera', 'Paul'].map((name) =>
        createContact(at.app, {
          name,
          identities: [{ kind: 'email', value: `${name.toLowerCase()}@client.example` }],
          actor: system,
        }),
      ),
    );
    await change(at.app, (step) =>
      putInSegment(step, { contactId: vip, segmentId, source: 'hand', actor: system }),
    );
    await at.article('For everybody about boilers');
    await at.article('For guests about boilers', { visibility: 'visitors' });
    await at.article('For VIP about boilers', { visibility: `segment:${segmentId}` });
    await at.article('For colleagues about boilers', { visibility: 'agents' });
  });
  afterAll(() => at?.close());

  const as = async (contactId: number | undefined, mark?: string) =>
    at.customer(mark, contactId === undefined ? '' : await signInVisitor(at.desk, contactId));
  const WHO = { stranger: 1, Paul: 2, Vera: 3 };

  it.each(Object.entries(WHO))('%s reads, finds and is offered the first %d of four', async (who, count) => {
    const contactId = { stranger: undefined, Paul: plain, Vera: vip }[who];
    const visit = await as(contactId);
    const titles = ['everybody', 'guests', 'vip', 'colleagues'];
    const pages = await Promise.all(
      titles.map((name) => visit.get(`/help/boilers/for-${name}-about-boilers`)),
    );
    expect(pages.map(({ status }) => status)).toEqual(titles.map((_, i) => (i < count ? 200 : 404)));
    const suggested = await at.app.hooks.collect('article.suggestions', {
      text: 'Something about boilers',
      language: 'en',
      contactId: contactId ?? null,
      actor: system,
    });
    for (const html of [
      await visit.text('/help/boilers'),
      await visit.text('/help/search?q=boilers'),
      await visit.text('/'),
      suggested.map(({ answer }) => answer.url).join(' '),
    ])
      expect(titles.map((name) => html.includes(`/help/boilers/for-${name}`))).toEqual(
        titles.map((_, i) => i < count),
      );
    expect(suggested.every(({ answer }) => answer.url.endsWith('?from=form'))).toBe(true);
  });

  it('is in the language that the reader chose for this visit, else of the profile, else of the browser', async () => {
    const { articleId } = await at.article('In both languages');
    const { path } = await at.article('На двух языках', { articleId, language: 'ru', madeFrom: 1 });
    const accepts = { 'accept-language': 'ru-RU,ru;q=0.9' };
    const languageFor = async (visit: Visit) =>
      /<html lang="(\w+)"/.exec(await (await visit.get('/help', accepts)).text())?.[1];
    expect(await languageFor(at.customer())).toBe('ru');
    await changeContact(at.app, { contactId: plain, fields: { language: 'en' }, actor: system });
    const signed = await signInVisitor(at.desk, plain);
    // What this browser chose as a stranger does not count against the profile,
    const browser = (chosen: string) => at.customer(undefined, `${signed}; hd-language=ru${chosen}`);
    expect(await languageFor(browser(''))).toBe('en');
    // what was chosen a moment ago does, and leaves the profile as it is.
    const chosen = (await browser('').get(`${path}?lang=ru`)).headers.getSetCookie();
    expect(chosen).toEqual([expect.stringMatching(/^hd-visit-language=ru;(?!.*expires)/i)]);
    expect(await languageFor(browser('; hd-visit-language=ru'))).toBe('ru');
    expect(await languageFor(browser(''))).toBe('en');
    // The newest choice wins: the switch of the portal, and the profile itself.
    const now = browser('; hd-visit-language=ru');
    const switched = await now.post('/language', { language: 'en', back: '/help' });
    expect(switched.headers.getSetCookie().join()).toContain('hd-visit-language=en;');
    const saved = await now.post('/profile', { name: 'Paul', language: 'ru' });
    expect(saved.headers.getSetCookie().join()).toMatch(/hd-visit-language=;[^,]*expires=Thu, 01 Jan 1970/i);
  });

  it('is whole when segments are switched off: nobody is in one', async () => {
    const visit = await as(vip);
    const path = '/help/boilers/for-vip-about-boilers';
    await at.app.switchPlugin('routing', false, system).catch(() => undefined);
    const isOff = at.app.plugins().find(({ id }) => id === 'routing')?.state === 'off';
    expect((await visit.get(path)).status).toBe(isOff ? 404 : 200);
    expect((await visit.get('/help/boilers/for-guests-about-boilers')).status).toBe(200);
    expect(await (await at.owner()).text('/desk/knowledge-base')).toContain('For VIP about boilers');
  });

  it('notes what somebody who signed in reads under the contact, and what he read before in the same browser', async () => {
    const mark = 'FFFFFFFFFFFFFFFFFFFFFF';
    const path = '/help/boilers/for-everybody-about-boilers';
    await at.customer(mark).get(`${path}?from=search`);
    await at.settled();
    await (await as(plain, mark)).get(path);
    await at.settled();
    expect(await at.app.db('kb_reads').where({ contactId: plain })).toMatchObject([
      { via: 'search', state: 'open' },
    ]);
  });
});
