import { createContact, mergeContacts, openTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AVOIDED_MS, keepRead } from '../../plugins/knowledge-base/avoided/note-read.js';
import { settleReads } from '../../plugins/knowledge-base/avoided/settle-reads.js';
import { startKbDesk, system, type KbDesk } from './kb-desk.js';

describe.each(testEngines)('tickets that were not written, on %s', (engine) => {
  let at: KbDesk;
  let made: { articleId: number; textId: number; path: string };
  let contactId: number;
  let count = 0;
  beforeAll(async () => {
    at = await startKbDesk({ engine });
    made = await at.article('Read me');
  });
  afterAll(() => at?.close());
  beforeEach(async () => {
    count += 1;
    contactId = await contact(`Reader ${count}`);
    // Each begins where nothing is open.
    at.desk.clock.pass(10 * AVOIDED_MS);
    await settleReads(at.app);
  });

  const contact = (name: string) => createContact(at.app, { name, identities: [], actor: system });
  const read = (more: { contactId?: number | null; mark?: string | null; via?: 'search' | 'form' } = {}) => {
    const { contactId: who = contactId, mark = null, via = 'search' } = more;
    const key = who === null ? mark : `contact:${who}`;
    return keepRead(at.app, { ...made, reader: { key, mark, contactId: who }, via });
  };
  const writes = (who = contactId) =>
    openTicket(at.app, {
      subject: 'Cold',
      text: 'It is cold',
      contactId: who,
      lineId: 1,
      agentId: null,
      first: { kind: 'heard', channel: 'phone' },
      actor: system,
    });
  const pass = async (ms: number) => {
    at.desk.clock.pass(ms);
    await settleReads(at.app);
  };
  const states = async () =>
    at.app.db('kb_reads').whereIn('contactId', [contactId]).orderBy('id').pluck('state');

  it('count after 72 hours without a ticket, not a moment earlier, and once', async () => {
    await read();
    await pass(AVOIDED_MS);
    expect(await states()).toEqual(['open']);
    await pass(1);
    expect(await states()).toEqual(['avoided']);
    await pass(AVOIDED_MS);
    expect(await states()).toEqual(['avoided']);
  });

  it('do not count when a ticket follows at the very end of the 72 hours', async () => {
    await read();
    at.desk.clock.pass(AVOIDED_MS);
    await writes();
    await pass(1);
    expect(await states()).toEqual(['followed']);
  });

  it('count when the ticket comes a moment later, however late it is looked at', async () => {
    await read();
    at.desk.clock.pass(AVOIDED_MS + 1);
    await writes();
    await pass(AVOIDED_MS);
    expect(await states()).toEqual(['avoided']);
  });

  it('do not count because of a ticket of before, nor of somebody else', async () => {
    await writes();
    at.desk.clock.pass(1);
    await read();
    await writes(await contact('Other'));
    await pass(AVOIDED_MS + 1);
    expect(await states()).toEqual(['avoided']);
  });

  it('are one for a reader who reads several articles, from the last one on', async () => {
    await read();
    at.desk.clock.pass(AVOIDED_MS / 2);
    await read({ via: 'form' });
    await pass(AVOIDED_MS / 2 + 1);
    expect(await states()).toEqual(['open']);
    await pass(AVOIDED_MS / 2);
    expect(await states()).toEqual(['avoided']);
  });

  it('belong to the contact as whom the browser signed in later', async () => {
    const mark = `mark-${count}`;
    await read({ contactId: null, mark });
    await keepRead(at.app, {
      ...made,
      reader: { key: `contact:${contactId}`, mark, contactId },
      via: undefined,
    });
    await writes();
    await pass(AVOIDED_MS + 1);
    expect(await states()).toEqual(['followed']);
  });

  it('are not counted of a browser that nobody knows', async () => {
    const mark = `mark-${count}`;
    await read({ contactId: null, mark });
    await pass(AVOIDED_MS + 1);
    expect(await at.app.db('kb_reads').where({ reader: mark }).pluck('state')).toEqual(['unknown']);
  });

  it('go with a merge of contacts', async () => {
    const keptId = await contact('Kept');
    const merge = () => mergeContacts(at.app, { keptId, goneId: contactId, actor: system });
    await read();
    await merge();
    await writes(keptId);
    await pass(AVOIDED_MS + 1);
    expect(await states()).toEqual(['followed']);
  });

  it('are noted by the pages: from a search and from the form of a request, not from elsewhere', async () => {
    const noted = async (mark: string, path: string) => {
      const reader = at.customer(mark);
      await reader.get(path);
      await reader.get(path);
      await at.settled();
      const before = await at.app.db('kb_reads').max('id as id');
      return before[0]?.id;
    };
    const start = await noted('CCCCCCCCCCCCCCCCCCCCCC', made.path);
    const searched = await noted('DDDDDDDDDDDDDDDDDDDDDD', `${made.path}?from=search`);
    const asked = await noted('EEEEEEEEEEEEEEEEEEEEEE', `${made.path}?from=form`);
    expect([searched - start, asked - searched]).toEqual([1, 1]);
    expect(await at.app.db('kb_reads').whereIn('id', [searched, asked]).orderBy('id').pluck('via')).toEqual([
      'search',
      'form',
    ]);
  });
});
