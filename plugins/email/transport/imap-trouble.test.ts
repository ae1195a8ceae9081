import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { hasDovecot } from '../../../tests/setup/dovecot.js';
import { letter, mailboxBench, subjects, until } from '../../../tests/setup/mailbox-bench.js';
import { usualTiming } from './imap-settings.js';
import type { WatchOptions } from './imap-settings.js';
import { pause } from './imap-watcher.js';
const { begin, end, dovecot, proxyTo, watchWith, look, flagsIn } = mailboxBench();
let user = '';
beforeEach(async () => {
  user = await begin();
});
afterAll(end);

const marked = ['$HelpdeskTaken', '\\Seen'];

function withoutOwnFlags(chunk: Buffer): Buffer {
  return Buffer.from(chunk.toString('latin1').replace(' \\*)]', ')]'), 'latin1');
}

describe.skipIf(!hasDovecot)('a server without flags of our own', () => {
  it('is remembered by uid: nothing is fetched twice, in this run or the next', async () => {
    const server = await dovecot();
    const proxy = await proxyTo(server.port);
    proxy.always({ rewrite: withoutOwnFlags });
    const store = new Set<string>();
    const change: Partial<WatchOptions> = {
      timing: { pollMs: 20 },
      seen: async (validity, uids) => new Set(uids.filter((uid) => store.has(`${validity}:${uid}`))),
    };
    await server.deliver(user, letter('one'));
    const first = watchWith(proxy.port, change);
    await until(() => first.taken.length === 1);
    await server.deliver(user, letter('two'));
    await until(() => first.taken.length === 2);
    await first.watch.stop();
    for (const { uidValidity, uid } of first.taken) store.add(`${uidValidity}:${uid}`);
    expect(await flagsIn(server)).toEqual([['\\Seen'], ['\\Seen']]);
    const second = watchWith(proxy.port, change);
    await server.deliver(user, letter('three'));
    await until(() => second.taken.length > 0);
    expect(subjects(second.taken)).toEqual(['three']);
  });
});

describe.skipIf(!hasDovecot)('trouble on the way', () => {
  it('heals: cut at every kilobyte of a fetch, every mail arrives once', async () => {
    const server = await dovecot();
    const proxy = await proxyTo(server.port);
    for (const name of ['one', 'two']) await server.deliver(user, letter(name, 50_048));
    proxy.next(...Array.from({ length: 110 }, (_, index) => ({ cutAfter: 200 + index * 1_000 })));
    const { taken, watch } = watchWith(proxy.port, {
      timing: { longestReconnectMs: 20, longestLaterMs: 20 },
    });
    await until(() => taken.length >= 2 && watch.state().idle && proxy.connections() > 1);
    expect(taken.map(({ text }) => text).toSorted()).toEqual([letter('one', 50_048), letter('two', 50_048)]);
    expect(proxy.connections()).toBeGreaterThan(50);
    expect(await flagsIn(server)).toEqual([marked, marked]);
  });

  it('between taking a mail and flagging it ends in one more flag, not in one more mail', async () => {
    const server = await dovecot();
    const proxy = await proxyTo(server.port);
    await server.deliver(user, letter('one'));
    let cuts = 0;
    const cutOnce = (name: string): void => {
      if (name === 'imap.beforeStore' && (cuts += 1) === 1) proxy.cut();
    };
    const { taken, watch } = watchWith(proxy.port, { fault: cutOnce });
    await until(() => cuts === 2 && watch.state().idle);
    expect(subjects(taken)).toEqual(['one']);
    expect(await flagsIn(server)).toEqual([marked]);
  });

  it('heals after a reset, a restart of the server, and a silence', async () => {
    const server = await dovecot({});
    const proxy = await proxyTo(server.port);
    const { taken, states, watch } = watchWith(proxy.port, { timing: { pollMs: 200, commandMs: 600 } });
    const troubles = [async () => proxy.reset(), () => server.restart(), async () => proxy.stall()];
    for (const [index, trouble] of troubles.entries()) {
      await until(() => watch.state().idle);
      const seenSoFar = states.length;
      await trouble();
      await until(() =>
        states.slice(seenSoFar).some((state) => !state.connected && state.error !== undefined),
      );
      await server.deliver(user, letter(`after ${index}`));
      await until(() => taken.length === index + 1);
    }
    expect(subjects(taken)).toEqual(['after 0', 'after 1', 'after 2']);
    expect(watch.state().error).toBeUndefined();
  });

  it('gives up a server that accepts and says nothing, and one that never stops in the middle of a mail', async () => {
    const server = await dovecot();
    const proxy = await proxyTo(server.port);
    await server.deliver(user, letter('one', 100_000));
    proxy.next({ stallAfter: 0 }, { stallAfter: 40_000 }, { stallAfter: 40_000 });
    const { taken, states } = watchWith(proxy.port, { timing: { commandMs: 300 } });
    await until(() => taken.length === 1);
    expect(states.find((state) => state.error !== undefined)?.error?.code).toBe('timeout');
    expect(proxy.connections()).toBe(4);
  });

  it('passes over a mail that ends the connection each time, and comes back to it', async () => {
    const server = await dovecot();
    const proxy = await proxyTo(server.port);
    const deadly = (chunk: Buffer): Buffer => {
      if (chunk.includes('Subject: deadly')) proxy.cut();
      return chunk;
    };
    proxy.always({ rewrite: deadly });
    for (const name of ['deadly', 'good', 'fine']) await server.deliver(user, letter(name));
    const { taken } = watchWith(proxy.port, { timing: { laterMs: 1_000 } });
    await until(() => taken.length === 2);
    proxy.heal();
    proxy.cut();
    await until(() => taken.length === 3);
    expect(subjects(taken)).toEqual(['good', 'fine', 'deadly']);
  });

  it('names a wrong password, without repeating it, and tries again when poked', async () => {
    const server = await dovecot({});
    const slow = { reconnectMs: 3_600_000, longestReconnectMs: 3_600_000 };
    const { watch, states } = watchWith(server.port, { password: 'wr0ng-one', timing: slow });
    await until(() => watch.state().error !== undefined);
    expect(watch.state()).toMatchObject({ connected: false, error: { code: 'wrong-password' } });
    expect(JSON.stringify(states)).not.toContain('wr0ng-one');
    await server.stop();
    watch.poke();
    await until(() => watch.state().error?.code === 'refused');
  });

  it('waits longer and longer before it connects again, up to five minutes', () => {
    const pauses = [1, 2, 3, 7, 50].map((failures) => pause(failures, usualTiming, () => 0));
    expect(pauses).toEqual([5_000, 10_000, 20_000, 300_000, 300_000]);
    expect(pause(1, usualTiming, () => 1)).toBe(4_000);
  });
});

describe.skipIf(!hasDovecot)('an odd server', () => {
  it('that cannot announce mail is asked now and then', async () => {
    const server = await dovecot({ extraConfig: 'imap_capability = IMAP4rev1 UIDPLUS' });
    const { taken, states } = watchWith(server.port, { timing: { pollMs: 20 } });
    await until(() => states.some((state) => state.lastFetchAt !== undefined));
    await server.deliver(user, letter('one'));
    await until(() => taken.length === 1);
    expect(states.some((state) => state.idle)).toBe(false);
  });

  it('that lists a mail and then leaves it out, or delivers nothing, loses none', async () => {
    const server = await dovecot();
    const proxy = await proxyTo(server.port);
    for (const name of ['one', 'two', 'three']) await server.deliver(user, letter(name));
    let holes = 0;
    const withHoles = (chunk: Buffer): Buffer => {
      const text = chunk.toString('latin1');
      const broken = text
        .replace(/FETCH \(UID 1 (?=.*RFC822)/, () =>
          holes === 0 ? ((holes += 1), 'FETCH (UID 77 ') : 'FETCH (UID 1 ',
        )
        .replace(/(UID 2 .*)BODY\[\]<0> \{\d+\}\r\n[^)]*end\r\n\)/, (all, before) => {
          holes += 1;
          return holes > 5 ? all : `${before}BODY[]<0> NIL)`;
        });
      return Buffer.from(broken, 'latin1');
    };
    proxy.always({ rewrite: withHoles });
    const { taken } = watchWith(proxy.port);
    await until(() => taken.length === 3);
    expect(holes).toBeGreaterThan(4);
    expect(subjects(taken)).toEqual(['three', 'one', 'two']);
  });

  it('that gives the uids of old mails to new ones, in a folder made anew, has those taken too', async () => {
    const server = await dovecot();
    const fill = (name: string): Promise<void> =>
      look(server, 'Sent', async (client) => {
        // Filled before it gets the name: a session that still has the old folder open would disturb the filling.
        await client.mailboxCreate('Fresh');
        await client.append('Fresh', letter(name));
        await client.mailboxDelete('Box').catch(() => undefined);
        await client.mailboxRename('Fresh', 'Box');
      });
    await fill('one');
    const { taken, watch } = watchWith(server.port, { folder: 'Box', timing: { pollMs: 50, reopenMs: 100 } });
    await until(() => taken.length === 1 && watch.state().idle);
    await fill('two');
    await until(() => taken.length === 2);
    expect(subjects(taken)).toEqual(['one', 'two']);
    expect(taken.map(({ uid }) => uid)).toEqual([1, 1]);
    expect(taken[1]?.uidValidity).not.toBe(taken[0]?.uidValidity);
  });
});
