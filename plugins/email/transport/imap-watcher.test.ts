import { buffer } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { hasDovecot } from '../../../tests/setup/dovecot.js';
import { letter, mailboxBench, subjects, until } from '../../../tests/setup/mailbox-bench.js';

const { begin, end, dovecot, watchWith, look, flagsIn } = mailboxBench();
let user = '';
beforeEach(async () => {
  user = await begin();
});
afterAll(end);

const marked = ['$HelpdeskTaken', '\\Seen'];

describe.skipIf(!hasDovecot)('watching a mailbox', () => {
  it('takes what is there, oldest first, byte for byte, and then what the server announces', async () => {
    const server = await dovecot();
    await server.deliver(user, letter('one', 200_000));
    await server.deliver(user, letter('two'));
    const { taken, states } = watchWith(server.port, { timing: { pollMs: 3_600_000 } });
    await until(() => taken.length === 2 && states.some((state) => state.idle));
    await server.deliver(user, letter('three'));
    await until(() => taken.length === 3);
    expect(subjects(taken)).toEqual(['one', 'two', 'three']);
    expect(taken[0]?.text).toBe(letter('one', 200_000));
    expect(taken[0]).toMatchObject({
      uid: 1,
      size: letter('one', 200_000).length,
      truncated: false,
      flags: ['\\Recent'],
    });
    await until(() => states.at(-1)?.idle === true);
    expect(await flagsIn(server)).toEqual([marked, marked, marked]);
  });

  it('flags a mail only after it was taken', async () => {
    const server = await dovecot();
    await server.deliver(user, letter('one'));
    const flagsWhileTaking: string[][][] = [];
    const faults: string[] = [];
    const { watch } = watchWith(server.port, {
      fault: (name) => void faults.push(name),
      onMail: async ({ raw }) => {
        await buffer(raw);
        flagsWhileTaking.push(await flagsIn(server));
        return 'taken';
      },
    });
    await until(() => watch.state().lastFetchAt !== undefined);
    expect(flagsWhileTaking).toEqual([[[]]]);
    expect(faults).toEqual(['imap.afterFetch', 'imap.beforeStore', 'imap.afterStore']);
    expect(await flagsIn(server)).toEqual([marked]);
  });

  it('offers a mail again that was put off, and does not let it keep back the ones behind', async () => {
    const server = await dovecot();
    for (const name of ['bad', 'good', 'fatal', 'fine']) await server.deliver(user, letter(name));
    const offered: string[] = [];
    const { watch } = watchWith(server.port, {
      onMail: async ({ raw, uid }) => {
        const text = (await buffer(raw)).toString();
        offered.push(...subjects([{ text }]));
        const times = offered.filter((name) => name === subjects([{ text }])[0]).length;
        if (uid === 3 && times < 2) throw new Error('the disk is full');
        return uid === 1 && times < 3 ? 'later' : 'taken';
      },
    });
    await until(() => offered.length === 7);
    await until(() => watch.state().idle);
    expect(offered.slice(0, 4)).toEqual(['bad', 'good', 'fatal', 'fine']);
    expect(offered.slice(4).toSorted()).toEqual(['bad', 'bad', 'fatal']);
    expect(await flagsIn(server)).toEqual([marked, marked, marked, marked]);
  });

  it('does not believe "taken" of a mail that was not read to its end', async () => {
    const server = await dovecot();
    await server.deliver(user, letter('big', 300_000));
    await server.deliver(user, letter('small'));
    let bigOffers = 0;
    const names: string[] = [];
    watchWith(server.port, {
      onMail: async ({ raw, uid }) => {
        if (uid === 1 && (bigOffers += 1) === 1) return 'taken';
        names.push(...subjects([{ text: (await buffer(raw)).toString() }]));
        return 'taken';
      },
    });
    await until(() => names.length === 2);
    expect(names).toEqual(['small', 'big']);
  });

  it('neither fetches what was taken before nor leaves it unflagged', async () => {
    const server = await dovecot();
    for (const name of ['one', 'two', 'three']) await server.deliver(user, letter(name));
    const asked: number[][] = [];
    const { taken, watch } = watchWith(server.port, {
      seen: async (_uidValidity, uids) => {
        asked.push(uids);
        return new Set(uids.filter((uid) => uid !== 2));
      },
    });
    await until(() => watch.state().lastFetchAt !== undefined);
    expect(asked).toEqual([[1, 2, 3]]);
    expect(subjects(taken)).toEqual(['two']);
    expect(await flagsIn(server)).toEqual([marked, marked, marked]);
  });

  it('fetches nothing while it cannot ask what was taken, and goes on when it can', async () => {
    const server = await dovecot();
    await server.deliver(user, letter('one'));
    let asked = 0;
    const { taken, states } = watchWith(server.port, {
      timing: { pollMs: 20 },
      seen: async () => {
        asked += 1;
        if (asked < 3) throw new Error('the database is gone');
        return new Set();
      },
    });
    await until(() => taken.length === 1);
    expect(asked).toBe(3);
    expect(states.filter((state) => !state.connected)).toEqual([]);
  });

  it('moves taken mails into a folder that it makes', async () => {
    const server = await dovecot();
    await server.deliver(user, letter('one'));
    const { watch, taken } = watchWith(server.port, { after: 'move', moveTo: 'Taken' });
    await until(() => watch.state().lastFetchAt !== undefined);
    expect(taken).toHaveLength(1);
    expect(await flagsIn(server)).toEqual([]);
    expect(await flagsIn(server, 'Taken')).toEqual([['$HelpdeskTaken']]);
  });

  it('moves what was flagged by a run that ended before moving it', async () => {
    const server = await dovecot();
    await server.deliver(user, letter('one'));
    await look(server, 'INBOX', (client) => client.messageFlagsAdd('1', ['$HelpdeskTaken']));
    const { watch, taken } = watchWith(server.port, { after: 'move', moveTo: 'Taken' });
    await until(() => watch.state().lastFetchAt !== undefined);
    expect(taken).toEqual([]);
    expect(await flagsIn(server, 'Taken')).toHaveLength(1);
  });

  it('leaves mails alone that came before its time', async () => {
    const server = await dovecot();
    await server.deliver(user, letter('old'));
    const takeSince = new Date(Date.now() + 60_000);
    const { watch, taken } = watchWith(server.port, { takeSince });
    await until(() => watch.state().lastFetchAt !== undefined);
    expect(taken).toEqual([]);
    expect(await flagsIn(server)).toEqual([[]]);
  });

  it('hands over the beginning of a mail that is too big', async () => {
    const server = await dovecot();
    await server.deliver(user, letter('big', 500_000));
    const { taken } = watchWith(server.port, { maxBytes: 1000 });
    await until(() => taken.length === 1);
    expect(taken[0]).toMatchObject({ truncated: true, size: letter('big', 500_000).length });
    expect(taken[0]?.text).toBe(letter('big', 500_000).slice(0, 1000));
  });

  it('takes everything from a mailbox of more than a thousand mails', async () => {
    const server = await dovecot();
    for (let count = 1; count <= 1001; count += 1) await server.deliver(user, letter(`mail ${count}`));
    const { taken, watch } = watchWith(server.port);
    await until(() => watch.state().lastFetchAt !== undefined);
    expect(new Set(subjects(taken)).size).toBe(1001);
    expect(taken.map(({ uid }) => uid)).toEqual(Array.from({ length: 1001 }, (_, index) => index + 1));
  });
});

describe.skipIf(!hasDovecot)('stopping', () => {
  it('lets the mail in hand be taken and flagged, and no other begin', async () => {
    const server = await dovecot();
    for (const name of ['one', 'two']) await server.deliver(user, letter(name));
    const handed: number[] = [];
    let release: (() => void) | undefined;
    const { watch } = watchWith(server.port, {
      onMail: async ({ raw, uid }) => {
        handed.push(uid);
        await buffer(raw);
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return 'taken';
      },
    });
    await until(() => handed.length === 1);
    const stopped = watch.stop();
    release?.();
    await stopped;
    expect(handed).toEqual([1]);
    expect(await flagsIn(server)).toEqual([marked, []]);
    expect(watch.state().connected).toBe(false);
  });
});
