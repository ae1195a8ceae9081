import { csvSeparators, type CsvEncoding, type CsvSeparator } from './csv-types.js';

export interface EncodingDetector {
  push(bytes: Uint8Array): void;
  end(): CsvEncoding;
}

/**
 * Tells from all bytes of a file how they are letters: by the mark at its beginning, else UTF-8 when every byte fits,
 * else windows-1251, in which Excel in Russian saves.
 */
export function createEncodingDetector(): EncodingDetector {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const head: number[] = [];
  let fits = true;
  const read = (bytes?: Uint8Array) => {
    try {
      if (fits) utf8.decode(bytes, { stream: bytes !== undefined });
    } catch {
      fits = false;
    }
  };
  return {
    push(bytes) {
      if (head.length < 2) head.push(...bytes.subarray(0, 2));
      read(bytes);
    },
    end() {
      if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
      if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
      read();
      return fits ? 'utf-8' : 'windows-1251';
    },
  };
}

/** The separator that stands most often in the first line, outside of quotes; Excel may name it there: `sep=;`. */
export function detectSeparator(head: string): CsvSeparator {
  const named = /^sep=([;,\t])\r?\n?/.exec(head)?.[1];
  if (named) return csvSeparators.find((one) => one === named) ?? ',';
  const outside = head.replaceAll(/"(?:[^"]|"")*"/g, '');
  const line = outside.split(/[\r\n]/, 1)[0] ?? '';
  const counts = csvSeparators.map((separator) => ({ separator, n: line.split(separator).length - 1 }));
  const most = counts.toSorted((a, b) => b.n - a.n)[0];
  return most && most.n > 0 ? most.separator : ',';
}
