import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors } from '../errors/errors.js';
import { formatBytes } from '../i18n/format-numbers.js';
import { collectFiles, type Excess, type FileLimits } from './collect-files.js';
import type { Upload } from './context.js';
import { addField, type Fields } from './read-body.js';

export interface Multipart {
  readonly fields: Fields;
  /** None when there was too much of them. */
  readonly uploads: readonly Upload[];
  readonly excess?: Excess | undefined;
}

interface MulterFile {
  fieldname: string;
  originalname: string;
  mimetype: string;
  buffer: Buffer;
}

/** How much of a form is read for its fields when its files are too large anyway. */
const READ_TIMES = 4;
/** For everything of a form that is no file. */
const FIELDS_BYTES = 2 * 1024 * 1024;

/**
 * A multipart form, files in memory within limits. When there are too many or they are too large the fields are read
 * all the same, so that the page can say so with what was typed in place.
 * @throws TOO_LARGE when the body is larger than four times the limit, INPUT_INVALID
 */
export async function readMultipart(
  request: IncomingMessage,
  response: ServerResponse,
  { language, ...limits }: FileLimits & { readonly language: string },
): Promise<Multipart> {
  const bodyMost = limits.maxBytes * READ_TIMES;
  const tooLarge = () => errors.TOO_LARGE({ limit: formatBytes(limits.maxBytes, { language }) });
  if (Number(request.headers['content-length'] ?? 0) > bodyMost) throw tooLarge();
  const { default: multer } = await import('multer');
  const files = collectFiles(limits);
  const read = multer({
    storage: files.storage,
    // File names are UTF-8 in all browsers of today; the default would garble Cyrillic.
    defParamCharset: 'utf8',
    limits: { fields: 500, fieldSize: 1024 * 1024, parts: 600 },
  }).any();
  const carrier = request as IncomingMessage & {
    body?: Record<string, string | string[]>;
    files?: MulterFile[];
  };
  await new Promise<void>((resolve, reject) => {
    let size = 0;
    // A body in chunks declares no length: what comes is counted too.
    request.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size <= bodyMost && size - files.size() <= FIELDS_BYTES) return;
      request.unpipe();
      request.resume();
      reject(tooLarge());
    });
    read(carrier as never, response as never, (error: unknown) =>
      error ? reject(toOurs(error)) : resolve(),
    );
  });
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of Object.entries(carrier.body ?? {}))
    for (const one of [value].flat()) if (typeof one === 'string') addField(fields, name, one);
  const excess = files.excess();
  return { fields, excess, uploads: excess ? [] : (carrier.files ?? []).map(toUpload) };
}

const toUpload = ({ fieldname, originalname, mimetype, buffer }: MulterFile): Upload => ({
  field: fieldname,
  filename: originalname,
  contentType: mimetype,
  content: buffer,
});

function toOurs(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('LIMIT_')) return errors.INPUT_INVALID({ because: 'too many parts' });
  return errors.INPUT_INVALID({ because: 'the form could not be read' });
}
