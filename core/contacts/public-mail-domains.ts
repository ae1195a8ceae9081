/** Domains where everybody can have an address: such an address says nothing of an organization. */
const domains: ReadonlySet<string> = new Set(
  `aol.com bk.ru fastmail.com gmail.com gmx.de gmx.net googlemail.com hotmail.com icloud.com inbox.ru internet.ru list.ru
   live.com mail.com mail.ru me.com msn.com narod.ru outlook.com pm.me proton.me protonmail.com rambler.ru ro.ru t-online.de
   tutanota.com ukr.net vk.com web.de xmail.ru ya.ru yahoo.com yandex.by yandex.com yandex.kz yandex.ru zoho.com`.split(
    /\s+/,
  ),
);

export const isPublicMailDomain = (domain: string): boolean => domains.has(domain);

/** The domain of an address in lower case; '' for what is no address. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : address.slice(at + 1).toLowerCase();
}
