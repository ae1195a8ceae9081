/** A film that stands elsewhere. Nothing is asked of its site before the reader wants to see it. */
export interface Video {
  readonly provider: Provider;
  /** What the provider calls it; the whole address of a file. */
  readonly id: string;
  /** What the frame or the player loads. */
  readonly source: string;
}

export const PROVIDERS = ['youtube', 'vimeo', 'rutube', 'vk', 'file'] as const;
export type Provider = (typeof PROVIDERS)[number];

interface Known {
  readonly hosts: readonly string[];
  /** The id in path and query of an address. */
  readonly id: RegExp;
  readonly source: (id: string) => string;
}

const KNOWN: Readonly<Record<Exclude<Provider, 'file'>, Known>> = {
  youtube: {
    hosts: ['youtube.com', 'm.youtube.com', 'youtu.be', 'youtube-nocookie.com'],
    id: /^(?:\/watch\?(?:.*&)?v=|\/embed\/|\/shorts\/|\/live\/|\/)([\w-]{11})(?![\w-])/,
    source: (id) => `https://www.youtube-nocookie.com/embed/${id}`,
  },
  vimeo: {
    hosts: ['vimeo.com', 'player.vimeo.com'],
    id: /^\/(?:video\/)?(\d{1,12})(?!\d)/,
    source: (id) => `https://player.vimeo.com/video/${id}`,
  },
  rutube: {
    hosts: ['rutube.ru'],
    id: /^\/(?:video|play\/embed|shorts)\/([0-9a-f]{32})(?![0-9a-f])/,
    source: (id) => `https://rutube.ru/play/embed/${id}`,
  },
  vk: {
    hosts: ['vk.com', 'm.vk.com', 'vk.ru', 'vkvideo.ru'],
    id: /^\/(?:.*?)(?:video|clip)(-?\d{1,15}_\d{1,15})(?!\d)/,
    source: (id) => {
      const [owner = '', number = ''] = id.split('_');
      return `https://vkvideo.ru/video_ext.php?oid=${owner}&id=${number}`;
    },
  },
};

/** The film behind an address, when it is one that can be shown; only https. */
export function readVideo(address: string): Video | undefined {
  const url = parse(address);
  if (!url) return undefined;
  const host = url.hostname.replace(/^www\./, '');
  const rest = url.pathname + url.search;
  for (const provider of ['youtube', 'vimeo', 'rutube', 'vk'] as const) {
    const { hosts, id: pattern, source } = KNOWN[provider];
    const id = hosts.includes(host) ? pattern.exec(rest)?.[1] : undefined;
    if (id !== undefined) return { provider, id, source: source(id) };
  }
  if (!/\.mp4$/i.test(url.pathname)) return undefined;
  return { provider: 'file', id: url.href, source: url.href };
}

function parse(address: string): URL | undefined {
  if (address.length > 500 || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url : undefined;
}
