import { describe, expect, it } from 'vitest';
import { providerList } from './provider-list.js';
import { recogniseProvider, type NameLookup } from './providers.js';

function dns(mx: string[] = [], hosts: string[] = []): NameLookup {
  return {
    resolveMx: async () => {
      if (mx.length === 0) throw new Error('ENODATA');
      return mx.map((exchange, priority) => ({ exchange, priority }));
    },
    hasAddress: async (host) => hosts.includes(host),
  };
}

const noDns: NameLookup = {
  resolveMx: () => Promise.reject(new Error('must not be asked')),
  hasAddress: () => Promise.reject(new Error('must not be asked')),
};

describe('recognising the provider of an address', () => {
  it.each([
    ['anna@gmail.com', 'gmail', 'app-password'],
    ['Anna@Yandex.RU', 'yandex', 'app-password'],
    ['anna@bk.ru', 'mail-ru', 'app-password'],
    ['anna@hotmail.com', 'microsoft', 'oauth-only'],
    ['anna@pm.me', 'proton', 'bridge'],
    ['anna@web.de', 'web-de', 'enable-imap'],
  ])('knows %s without asking the DNS', async (address, id, hint) => {
    expect(await recogniseProvider(address, noDns)).toMatchObject({ id, hint });
  });

  it.each([
    ['ASPMX.L.GOOGLE.com.', 'gmail'],
    ['shop-example.mail.protection.outlook.com', 'microsoft'],
    ['mx.yandex.net', 'yandex'],
    ['emx.mail.ru', 'mail-ru'],
    ['mx1.beget.com', 'beget'],
    ['www123.your-server.de', 'hetzner'],
  ])('knows a domain of its own by the MX %s', async (exchange, id) => {
    expect(await recogniseProvider('help@shop.example', dns([exchange]))).toMatchObject({ id });
  });

  it('is not fooled by an MX that only looks like one', async () => {
    const answer = await recogniseProvider(
      'help@shop.example',
      dns(['mx.notgoogle.com'], ['mail.shop.example']),
    );
    expect(answer?.id).toBe('guess');
  });

  it('guesses from the names that exist', async () => {
    const both = await recogniseProvider(
      'help@магазин.рф',
      dns([], ['imap.xn--80aairftm.xn--p1ai', 'mail.xn--80aairftm.xn--p1ai']),
    );
    expect(both?.imap.host).toBe('imap.xn--80aairftm.xn--p1ai');
    expect(both?.smtp.host).toBe('mail.xn--80aairftm.xn--p1ai');
    const exchangerOnly = await recogniseProvider('help@shop.example', dns(['mx.shop.example.']));
    expect(exchangerOnly?.imap).toEqual({ host: 'mx.shop.example', port: 993, secure: 'tls' });
  });

  it.each(['help@nowhere.example', 'no address', 'a@', 'a@b', 'a@evil.example/../', 'a@10.0.0.1'])(
    'says so when it cannot: %s',
    async (address) => {
      expect(await recogniseProvider(address, dns())).toBeNull();
    },
  );

  it('encrypts every connection to a known provider', () => {
    for (const { imap, smtp } of providerList) expect([imap.secure, smtp.secure]).not.toContain('none');
    const domains = providerList.flatMap((provider) => provider.domains);
    expect(new Set(domains).size).toBe(domains.length);
  });
});
