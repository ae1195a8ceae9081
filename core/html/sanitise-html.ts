import sanitize from 'sanitize-html';
import { filterStyle } from './filter-style.js';

/** Raised whenever the rules change, so that stored HTML can be made again from the raw mail. */
export const SANITISER_VERSION = 1;

/** Longest HTML that is looked at, in characters; the rest is dropped. */
export const MAX_HTML_LENGTH = 1024 * 1024;

export interface SanitiseOptions {
  /**
   * The address of the attachment with this Content-ID. Without an answer the image keeps no `src`, only
   * `data-cid`, so that the address can be put in when the HTML is shown.
   */
  cid?: (contentId: string) => string | undefined;
  /** 'block' moves the address of a remote image to `data-src`, from where a consent can bring it back. */
  remoteImages: 'block' | 'keep';
}

export interface SanitisedHtml {
  html: string;
  /** How many images would have been loaded from elsewhere. */
  remoteImages: number;
}

type Attributes = Record<string, string>;

const TEXT_TAGS =
  'a abbr address article aside b bdi bdo big blockquote br center cite code dd del dfn div dl dt em figcaption ' +
  'figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section ' +
  'small span strike strong sub sup time tt u ul var wbr';
const TABLE_TAGS = 'caption col colgroup table tbody td tfoot th thead tr';

// What stands between these tags is code, or text that a browser would read by other rules.
const DROPPED_WITH_CONTENT =
  'script style title textarea option select noscript noembed noframes xmp plaintext iframe frame frameset ' +
  'template svg math object applet audio video canvas dialog';

const COMMON_ATTRIBUTES = ['align', 'dir', 'lang', 'style', 'title', 'valign', 'width', 'height', 'bgcolor'];

const BASE_OPTIONS: sanitize.IOptions = {
  allowedTags: `${TEXT_TAGS} ${TABLE_TAGS}`.split(' '),
  nonTextTags: DROPPED_WITH_CONTENT.split(' '),
  allowedAttributes: {
    '*': COMMON_ATTRIBUTES,
    a: ['href', 'target', 'rel'],
    font: ['color', 'face', 'size'],
    img: ['src', 'data-src', 'data-cid', 'alt'],
    ol: ['start', 'type'],
    table: ['border', 'cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    col: ['span'],
    colgroup: ['span'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 100,
  // Styles are filtered below, more strictly and several times quicker than by the library's CSS parser.
  parseStyleAttributes: false,
};

/**
 * HTML of a stranger reduced to text, tables, links and images. It runs nothing, loads nothing from
 * elsewhere (with remoteImages 'block') and cannot leave its place on the page.
 */
export function sanitiseHtml(html: string, options: SanitiseOptions): SanitisedHtml {
  let remoteImages = 0;
  const cleanImage = (attributes: Attributes): Attributes => {
    const image = placeImage(attributes, options);
    if (image.isRemote) remoteImages += 1;
    return image.attributes;
  };
  const clean = sanitize(html.slice(0, MAX_HTML_LENGTH), {
    ...BASE_OPTIONS,
    transformTags: {
      '*': (tagName: string, attributes: Attributes) => ({
        tagName,
        attribs: withCleanStyle(tagName === 'img' ? cleanImage(attributes) : cleanLink(tagName, attributes)),
      }),
    },
  });
  return { html: clean, remoteImages };
}

function withCleanStyle(attributes: Attributes): Attributes {
  if (attributes.style === undefined) return attributes;
  const { style, ...rest } = attributes;
  const kept = filterStyle(style);
  return kept === '' ? rest : { ...rest, style: kept };
}

function cleanLink(tagName: string, attributes: Attributes): Attributes {
  if (tagName !== 'a') return attributes;
  const { href, target: _target, rel: _rel, ...rest } = attributes;
  const address = readAddress(href);
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(address)) return rest;
  return { ...rest, href: address, target: '_blank', rel: 'noopener noreferrer nofollow ugc' };
}

function placeImage(
  attributes: Attributes,
  options: SanitiseOptions,
): { attributes: Attributes; isRemote: boolean } {
  // The mail's own data-src and data-cid would pass for ours.
  const { src, 'data-src': _src, 'data-cid': _cid, ...rest } = attributes;
  const address = readAddress(src);
  if (/^cid:/i.test(address))
    return { attributes: { ...rest, ...placeAttached(address, options) }, isRemote: false };
  const url = address.startsWith('//') ? `https:${address}` : address;
  if (!/^https?:\/\//i.test(url)) return { attributes: rest, isRemote: false };
  const key = options.remoteImages === 'keep' ? 'src' : 'data-src';
  return { attributes: { ...rest, [key]: url }, isRemote: true };
}

function placeAttached(address: string, options: SanitiseOptions): Attributes {
  const contentId = decodeContentId(address.slice('cid:'.length));
  const url = options.cid?.(contentId);
  return url === undefined ? { 'data-cid': contentId } : { src: url };
}

function decodeContentId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A URL as browsers read it: white space around it and line ends or tabs inside do not count. */
function readAddress(value: string | undefined): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  return (value ?? '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '').replace(/[\t\r\n]/g, '');
}
