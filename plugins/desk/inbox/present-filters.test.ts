import { createOrganization } from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitAs, type Visitor } from '../admin/visit-as.js';
import { desk as deskPlugin } from '../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;

describe.each(testEngines)('filters of a list on %s', (engine) => {
  let desk: TestDesk;
  let owner: Visitor;
  let first: number;
  let last: number;

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [deskPlugin()] } });
    owner = await visitAs(desk);
    first = await createOrganization(desk.app, { name: 'Aa', actor });
    for (let n = 0; n < 200; n += 1) await createOrganization(desk.app, { name: `Middle ${n}`, actor });
    last = await createOrganization(desk.app, { name: 'Zz <b>last', actor });
  }, 120_000);
  afterAll(() => desk.close());

  const open = async (query: string) => (await owner.get(`/desk/inbox${query}`).expect(200)).text;
  const chosenIn = (html: string) =>
    /<select[^>]*name="organization".*?<\/select>/s.exec(html)?.[0].match(/value="(\d+)" selected/)?.[1];

  it('offer the first organizations by name', async () => {
    const html = await open('');
    expect(html).toContain(`<option value="${first}"`);
    expect(html).not.toContain(`<option value="${last}"`);
  });

  it('keep one that stands beyond those when the form is sent again, and name it', async () => {
    const html = await open(`?organization=${last}`);
    expect(chosenIn(html)).toBe(String(last));
    expect(html).toContain('Zz &lt;b&gt;last');
    expect(chosenIn(await open(`?organization=${first}`))).toBe(String(first));
  });

  it('show the number of one that does not exist', async () => {
    expect(await open('?organization=987654')).toContain('987654');
  });
});
