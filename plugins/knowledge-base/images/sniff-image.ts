/** Kinds of images by their first bytes; a name or what a browser says proves nothing. */
const KINDS = [
  {
    type: 'image/png',
    extension: 'png',
    is: (head: Buffer) => head.subarray(0, 8).toString('hex') === '89504e470d0a1a0a',
  },
  {
    type: 'image/jpeg',
    extension: 'jpg',
    is: (head: Buffer) => head.subarray(0, 3).toString('hex') === 'ffd8ff',
  },
  {
    type: 'image/gif',
    extension: 'gif',
    is: (head: Buffer) => /^GIF8[79]a/.test(head.subarray(0, 6).toString('latin1')),
  },
  {
    type: 'image/webp',
    extension: 'webp',
    is: (head: Buffer) => /^RIFF....WEBP/s.test(head.subarray(0, 12).toString('latin1')),
  },
] as const;

export interface ImageKind {
  readonly type: string;
  readonly extension: string;
}

/** What a file is; undefined when it is no image that articles may show. */
export const sniffImage = (content: Buffer): ImageKind | undefined => KINDS.find(({ is }) => is(content));

export const extensionOf = (type: string): string | undefined =>
  KINDS.find((kind) => kind.type === type)?.extension;
