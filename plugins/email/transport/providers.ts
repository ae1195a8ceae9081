import { lookup, resolveMx as systemResolveMx } from 'node:dns/promises';
import { domainToASCII } from 'node:url';
import { withDeadline } from './deadline.js';
import { providerList } from './provider-list.js';
import type { KnownProvider, Provider } from './provider.js';

export type { Provider, ProviderHint, ServerAddress } from './provider.js';

/** DNS as recogniseProvider asks it; a test or a proxy may bring its own. */
export interface NameLookup {
  /** Host names of the domain's mail exchangers, or a rejection. */
  resolveMx: (domain: string) => Promise<{ exchange: string; priority: number }[]>;
  hasAddress: (host: string) => Promise<boolean>;
}

const systemLookup: NameLookup = {
  resolveMx: systemResolveMx,
  hasAddress: (host) => lookup(host).then(() => true),
};

const LOOKUP_MS = 5_000;

/**
 * The servers of an e-mail address: a known provider by the domain or its MX, else hosts of the usual names that
 * exist. Null when nothing is known and nothing answers, or when it is no address. Takes 10 seconds at most.
 */
export async function recogniseProvider(
  address: string,
  { resolveMx, hasAddress }: NameLookup = systemLookup,
): Promise<Provider | null> {
  const domain = domainOf(address);
  if (domain === null) return null;
  const known = providerList.find((provider) => provider.domains.includes(domain));
  if (known !== undefined) return withoutRules(known);
  const exchanges = await orElse(resolveMx(domain), []);
  const hosts = exchanges.toSorted((a, b) => a.priority - b.priority).map((mx) => plainHost(mx.exchange));
  const host = hosts.find((name) => byMx(name) !== undefined);
  const hosting = host === undefined ? undefined : byMx(host);
  return hosting === undefined ? guess(domain, hosts, hasAddress) : withoutRules(hosting);
}

function domainOf(address: string): string | null {
  const domain = domainToASCII(
    address
      .slice(address.lastIndexOf('@') + 1)
      .trim()
      .toLowerCase(),
  );
  const isDomain = /^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(
    domain,
  );
  return address.includes('@') && isDomain ? domain : null;
}

function plainHost(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function byMx(host: string): KnownProvider | undefined {
  return providerList.find(({ mx }) => mx.some((end) => host === end || host.endsWith(`.${end}`)));
}

function withoutRules({ domains: _domains, mx: _mx, ...provider }: KnownProvider): Provider {
  return provider;
}

/** imap.… and smtp.… of the domain, else mail.… for both, else the mail exchanger itself. */
async function guess(
  domain: string,
  exchanges: string[],
  hasAddress: NameLookup['hasAddress'],
): Promise<Provider | null> {
  const names = [`imap.${domain}`, `smtp.${domain}`, `mail.${domain}`];
  const exist = await Promise.all(names.map((name) => orElse(hasAddress(name), false)));
  const [imap, smtp, mail] = names.map((name, index) => (exist[index] === true ? name : undefined));
  const imapHost = imap ?? mail ?? exchanges[0];
  const smtpHost = smtp ?? mail ?? imapHost;
  if (imapHost === undefined || smtpHost === undefined) return null;
  return {
    id: 'guess',
    name: domain,
    imap: { host: imapHost, port: 993, secure: 'tls' },
    smtp: { host: smtpHost, port: 465, secure: 'tls' },
    hint: null,
    helpUrl: null,
  };
}

/** A name that is not found, or not in time, is no error here. */
async function orElse<T>(answer: Promise<T>, instead: T): Promise<T> {
  try {
    return await withDeadline(answer, { ms: LOOKUP_MS, what: 'looking up a name' });
  } catch {
    return instead;
  }
}
