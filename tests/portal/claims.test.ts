import { answerTicket, keepApart, receiveMessage, signIn, solveTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browse, leadsTo, startPortalDesk, system, type Browsing, type PortalDesk } from './portal-desk.js';

const address = (answer: Response) => /hdp=([\w-]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';

describe.each(testEngines)('who may claim to be a customer, on %s', (engine) => {
  let at: PortalDesk;
  let stranger: Browsing;
  beforeAll(async () => {
    at = await startPortalDesk(engine);
    stranger = await at.visit();
  });
  beforeEach(() => {
    // Limits of the test before are over, and its mails are read.
    at.desk.clock.pass(2 * 3_600_000);
    at.post.mails.length = 0;
  });
  afterAll(() => at.close());

  const mails = async () => {
    await at.desk.app.signals.settled();
    return at.post.mails;
  };
  /** The path of the link in the last mail to that address. */
  const linkTo = async (to: string) => {
    const mail = (await mails()).filter((one) => one.to === to).at(-1);
    return /\/sign-in\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';
  };
  const ask = (to: string) => stranger.post('/sign-in', { address: to });
  const enter = async (to: string): Promise<Browsing> => {
    await ask(to);
    const answer = await stranger.post(await linkTo(to));
    return browse(at.desk, `hdp=${address(answer)}`);
  };
  /** A letter, as a mailbox takes it in. */
  const letter = async (contactId: number, subject: string, cc: string[] = []) => {
    const outcome = await receiveMessage(at.desk.app, {
      account: { id: at.accountId, channel: 'mail', lineId: 1 },
      from: { contactId },
      ticketId: null,
      message: {
        externalId: `<${subject}@client.example>`,
        fingerprint: subject,
        writtenAt: null,
        subject,
        text: `Text of ${subject}`,
        quote: '',
        html: null,
        htmlVersion: null,
        participants: { cc: cc.map((value) => ({ name: '', kind: 'email', value })) },
        attachments: [],
        auto: null,
        flags: [],
      },
      evidence: [],
    });
    const { number } = await at.desk.app.db('tickets').where({ id: outcome.ticketId }).first('number');
    return { ...outcome, number: Number(number) };
  };
  const read = async (who: Browsing, path: string) => {
    const answer = await who.get(path);
    return { status: answer.status, text: await answer.text() };
  };

  it('whoever stands in Cc reads neither what was written nor that it is there', async () => {
    const victimId = await at.contact('copied');
    const { number, ticketId } = await letter(victimId, 'Secret boiler', ['attacker@evil.example']);
    const attacker = await enter('attacker@evil.example');
    await answerTicket(at.desk.app, {
      ticketId,
      agentId: at.desk.owner.id,
      text: 'Secret answer',
      to: [{ name: '', kind: 'email', value: 'copied@client.example' }],
      cc: [{ name: '', kind: 'email', value: 'attacker@evil.example' }],
      actor: { kind: 'agent', id: at.desk.owner.id },
    });
    at.desk.clock.pass(3_600_000);
    await at.desk.drain();
    for (const path of ['/', '/requests', `/requests/${number}`])
      expect((await read(attacker, path)).text, path).not.toContain('Secret');
    expect((await read(attacker, `/requests/${number}`)).status).toBe(404);
    expect((await read(await at.visit(victimId), `/requests/${number}`)).text).toContain('Secret answer');
  });

  it('nobody reads what belongs to an address before they have proven it', async () => {
    const victimId = await at.contact('victim');
    const victim = 'victim@client.example';
    const { number } = await letter(victimId, 'Secret heater');
    await ask(victim);
    const link = await linkTo(victim);
    const before = await at.desk.app.db('events').count({ count: '*' });
    // A program that looks through mail opens the link, as often as it likes.
    for (let n = 0; n < 3; n++) {
      const opened = await stranger.get(link);
      expect(opened.status).toBe(200);
      expect(opened.headers.get('set-cookie') ?? '').not.toContain('hdp=');
      expect(await opened.text()).not.toContain('Secret');
    }
    expect(await at.desk.app.db('events').count({ count: '*' })).toEqual(before);
    expect(await at.desk.app.db('contact_sessions').where({ contactId: victimId })).toEqual([]);
    expect(leadsTo(await stranger.get('/requests'))).toBe('/sign-in?next=%2Frequests');
    const entered = await stranger.post(link);
    expect(leadsTo(entered)).toBe('/');
    const owner = browse(at.desk, `hdp=${address(entered)}`);
    expect((await read(owner, `/requests/${number}`)).text).toContain('Secret heater');
    // The link lets one person in, once.
    expect((await stranger.post(link)).status).toBe(410);
    expect((await stranger.get(link)).status).toBe(410);
  });

  it('whoever was there first with a foreign address has nothing of it when its owner comes', async () => {
    const attacker = await enter('early@evil.example');
    const victim = 'late@client.example';
    // All that a stranger can do with the victim's address: claim it, write in its name, guess a password.
    await attacker.post('/profile/password', { password: 'quiet green harbour' });
    await attacker.post('/profile/addresses', { address: victim });
    const written = { name: 'Victim', email: victim, subject: 'Planted', text: 'Planted text' };
    await stranger.post('/write', written);
    await stranger.post('/sign-in/password', { address: victim, password: 'quiet green harbour' });
    const claim = /\/profile\/confirm\/[\w-]+/.exec((await mails()).at(-1)?.text ?? '')?.[0] ?? '';
    expect(claim).not.toBe('');
    const owner = await enter(victim);
    // The victim opens the mail about the claim too, signed in as themselves: nothing joins the two.
    expect((await owner.get(claim)).status).toBe(410);
    expect((await owner.post(claim)).status).toBe(410);
    await attacker.post(claim);
    await owner.post('/requests/new', { subject: 'Secret boiler', text: 'Secret text', hat: '' });
    expect((await read(owner, '/requests')).text).toContain('Secret boiler');
    for (const path of ['/', '/requests', '/profile'])
      expect((await read(attacker, path)).text, path).not.toMatch(/Secret|late@client/i);
    const guessed = await stranger.post('/sign-in/password', {
      address: victim,
      password: 'quiet green harbour',
    });
    expect(guessed.status).toBe(422);
  });

  it('nobody is a customer by an address of ours or of a machine, and nobody is told so', async () => {
    const usual = await (await ask('anna@client.example')).text();
    const refused = ['help@mail.example', 'HELP+anything@mail.example', 'no-reply@shop.example'];
    for (const to of [...refused, 'postmaster@shop.example', 'mailer-daemon@shop.example']) {
      const answer = await ask(to);
      const plain = (html: string) => html.replaceAll(/[\w-]{20,}/g, '*');
      expect(plain((await answer.text()).replaceAll(to, 'anna@client.example')), to).toBe(plain(usual));
    }
    expect((await mails()).map(({ to }) => to)).toEqual(['anna@client.example']);
    const anna = await enter('anna@client.example');
    await anna.post('/profile/addresses', { address: 'help+slack@mail.example' });
    expect((await mails()).map(({ to }) => to)).not.toContain('help+slack@mail.example');
  });

  it('a link does what it says for the one who asked, also when somebody else opens it first', async () => {
    const anna = await enter('anna@home.example');
    const boris = await enter('boris@home.example');
    await anna.post('/profile/addresses', { address: 'anna@work.example' });
    const claim = /\/profile\/confirm\/[\w-]+/.exec((await mails()).at(-1)?.text ?? '')?.[0] ?? '';
    expect(leadsTo(await stranger.get(claim))).toContain('/sign-in');
    expect((await boris.get(claim)).status).toBe(410);
    expect((await boris.post(claim)).status).toBe(410);
    expect(await (await anna.get(claim)).text()).toContain('anna@work.example');
    const proven = () =>
      at.desk.app.db('identities').where({ value: 'anna@work.example' }).first('verifiedAt');
    expect(await proven()).toBeUndefined();
    await anna.post(claim);
    expect((await proven()).verifiedAt).not.toBeNull();
    expect((await anna.post(claim)).status).toBe(410);
  });

  it('an address that stands on another card is told to agents on both, with a way to merge', async () => {
    const claimant = await at.contact('Zoe');
    const known = await at.contact('Quentin');
    const zoe = await enter('zoe@client.example');
    await zoe.post('/profile/addresses', { address: 'quentin@client.example' });
    const claim = /\/profile\/confirm\/[\w-]+/.exec((await mails()).at(-1)?.text ?? '')?.[0] ?? '';
    expect((await zoe.post(claim)).status).toBe(409);
    const { id, email, password } = at.desk.owner;
    const signed = await signIn(at.desk.app, { email, password, ip: '127.0.0.1', device: 'test' });
    const agent = browse(at.desk, `hd=${signed.ok ? signed.token : ''}`);
    const card = async (contactId: number) => (await read(agent, `/desk/contacts/${contactId}`)).text;
    for (const [one, other] of [
      [claimant, known],
      [known, claimant],
    ] as const) {
      expect(await card(one)).toContain('has proven an address of the other card');
      expect(await card(one)).toContain(`/desk/contacts/${one}/merge/${other}`);
    }
    await keepApart(at.desk.app, { contactId: claimant, otherId: known, actor: { kind: 'agent', id } });
    expect(await card(known)).not.toContain('has proven an address');
  });

  it('what a customer reads of their own request changes nothing', async () => {
    const ownerId = await at.contact('owner');
    const { number, ticketId } = await letter(ownerId, 'Boiler');
    await solveTicket(at.desk.app, { ticketId, actor: system });
    const owner = await at.visit(ownerId);
    const events = () => at.desk.app.db('events').count({ count: '*' });
    const before = await events();
    for (const path of ['solve', 'reopen', 'reply'])
      expect((await owner.get(`/requests/${number}/${path}`)).status).toBe(404);
    await owner.get(`/requests/${number}`);
    expect(await events()).toEqual(before);
  });

  it('the mail with a link holds nothing that a stranger typed', async () => {
    await stranger.post('/sign-in', {
      address: 'anna@client.example',
      next: '/requests?x=Click+evil.example',
    });
    const [mail] = await mails();
    expect(`${mail?.subject}${mail?.text}`).not.toContain('evil');
    const headers = {
      'sec-fetch-site': 'same-origin',
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
    };
    await fetch(`${at.desk.url}/sign-in`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ address: 'boris@client.example' }),
    });
    expect(`${(await mails()).at(-1)?.text}`).not.toContain('evil');
  });
});
