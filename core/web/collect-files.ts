import type { Readable } from 'node:stream';

export interface FileLimits {
  /** Of all files together. */
  readonly maxBytes: number;
  readonly most: number;
}

/** What was too much: `bytes` in all, or the number of `files`. */
export type Excess = 'bytes' | 'files';

/** Where the files of one form are kept while it is read. */
export interface FileCollection {
  /** As multer asks for it. */
  readonly storage: unknown;
  /** How many bytes of files came, kept or not. */
  readonly size: () => number;
  readonly excess: () => Excess | undefined;
}

interface Part {
  readonly stream: Readable;
}

/** Keeps files in memory within limits. What is over them is read and dropped: the fields behind it still come. */
export function collectFiles({ maxBytes, most }: FileLimits): FileCollection {
  const kept = new Set<Buffer[]>();
  let size = 0;
  let count = 0;
  let excess: Excess | undefined;

  function refuse(because: Excess): void {
    excess ??= because;
    for (const pieces of kept) pieces.length = 0;
  }
  function keep(part: Part, done: (error: unknown, result?: { buffer: Buffer }) => void): void {
    const pieces: Buffer[] = [];
    kept.add(pieces);
    count += 1;
    if (count > most) refuse('files');
    part.stream.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > maxBytes) refuse('bytes');
      if (!excess) pieces.push(piece);
    });
    part.stream.on('error', done);
    part.stream.on('end', () => done(null, { buffer: Buffer.concat(pieces) }));
  }

  return {
    storage: {
      _handleFile: (_request: unknown, part: Part, done: Parameters<typeof keep>[1]) => keep(part, done),
      _removeFile: (_request: unknown, _part: Part, done: (error: null) => void) => done(null),
    },
    size: () => size,
    excess: () => excess,
  };
}
