import { expect, it } from 'vitest';
import { makeTestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { change } from './change.js';

it.each(testEngines)('a change announces as much as it likes, in order, on %s', async (engine) => {
  const app = await makeTestApp(engine);
  try {
    await change(app, async (step) => {
      for (let contactId = 1; contactId <= 1100; contactId++)
        step.announce('contact.created', { contactId, actor: { kind: 'system', id: 'test' } });
    });
    const rows: { contactId: number }[] = await app.db('events').orderBy('id').select('contactId');
    expect(rows.map(({ contactId }) => contactId)).toEqual(Array.from({ length: 1100 }, (_, i) => i + 1));
  } finally {
    await app.close();
  }
});
