import { MailParser, type AttachmentStream } from 'mailparser';
import { decodeBytes } from './decode-bytes.js';
import { limits } from './limits.js';
import { readParams } from './read-params.js';

/** A part without parts of its own, with its transfer encoding removed and its charset not. */
export interface Leaf {
  /** Lower case; 'text/plain' where the mail says none. */
  contentType: string;
  params: Map<string, string>;
  charset: string | null;
  disposition: 'attachment' | 'inline' | null;
  filename: string | null;
  contentId: string | null;
  encoding: string;
  isRoot: boolean;
  /** Content types of the parts around it, the nearest first. */
  around: string[];
  /** The nearest multipart/alternative around it: equal for the versions of one text. */
  alternative: object | null;
  content: AsyncIterable<Buffer>;
}

interface TreeNode {
  contentType?: string | false;
  parent?: TreeNode;
  headerLines?: { key: string; line: string }[];
}

// The parser decides by these two fields what is text and where it stands.
interface ParserInternals {
  textTypes: string[];
  curnode: TreeNode | false;
}

export interface SplitOutcome {
  /** The structure could not be read to its end; the leaves before were handed over. */
  structureError: unknown;
  /** What `take` threw. */
  takeError: unknown;
  /** The raw mail could not be read. */
  sourceError: unknown;
}

/**
 * Splits a mail into its leaves, each handed over before the next is read. The parser's own joining of text is
 * switched off (no type counts as text): it merges named text files into the message and guesses no charset.
 */
export async function splitParts(
  chunks: AsyncIterable<Buffer>,
  take: (leaf: Leaf) => Promise<void>,
): Promise<SplitOutcome> {
  const parser = new MailParser({
    checksumAlgo: false,
    ignoreEmbedded: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    maxChildNodes: limits.parts,
    maxHeadSize: limits.headBytes,
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- two fields that are not in its types
  const internals = parser as unknown as ParserInternals;
  internals.textTypes = [];

  let takeError: unknown;
  let current: { part: AttachmentStream; taken: Promise<void> } | undefined;
  parser.on('data', (part) => {
    if (part.type !== 'attachment') return;
    const taken = take(describeLeaf(part, internals.curnode))
      .catch((error: unknown) => {
        takeError ??= error;
        part.content.resume();
      })
      .finally(() => part.release?.());
    current = { part, taken };
  });
  const finished = new Promise<unknown>((resolve) => {
    parser.once('error', resolve);
    parser.once('close', () => resolve(undefined));
  });
  const sourceError = await feed(parser, chunks, finished);
  const structureError = await finished;
  if (current && structureError) endPart(current.part);
  await current?.taken;
  return { structureError, takeError, sourceError };
}

/** The parser gave up within a part and will never end it: what there is of it is all there will be. */
function endPart(part: AttachmentStream): void {
  const { content } = part;
  if ('end' in content && typeof content.end === 'function') content.end();
}

async function feed(
  parser: MailParser,
  chunks: AsyncIterable<Buffer>,
  finished: Promise<unknown>,
): Promise<unknown> {
  try {
    for await (const chunk of chunks) {
      if (parser.destroyed) return undefined;
      if (!parser.write(chunk)) {
        await Promise.race([new Promise((resolve) => parser.once('drain', resolve)), finished]);
      }
    }
    parser.end();
    return undefined;
  } catch (error) {
    parser.destroy();
    return error;
  }
}

function describeLeaf(part: AttachmentStream, node: TreeNode | false): Leaf {
  const lines = (node === false ? undefined : node.headerLines) ?? [];
  const type = readParams(findLine(lines, 'content-type'));
  const charset = type.params.get('charset') ?? null;
  const said = readParams(findLine(lines, 'content-disposition'), charset);
  const named = readParams(findLine(lines, 'content-type'), charset);
  const { around, alternative } = describePlace(node);
  return {
    contentType: /^[a-z0-9.+_-]+\/[a-z0-9.+_-]+$/.test(type.value) ? type.value : readBareType(type.value),
    params: type.params,
    charset,
    disposition: readDisposition(said.value),
    filename:
      said.params.get('filename') ||
      said.params.get('name') ||
      named.params.get('name') ||
      named.params.get('filename') ||
      null,
    contentId: readContentId(findLine(lines, 'content-id')),
    encoding: findLine(lines, 'content-transfer-encoding').trim().toLowerCase(),
    isRoot: around.length === 0,
    around,
    alternative,
    content: part.content,
  };
}

/** RFC 2045, section 5.2: a type that cannot be read is text/plain; "text" alone was usual before MIME. */
function readBareType(value: string): string {
  if (value === '' || value === 'text') return 'text/plain';
  return value === 'html' ? 'text/html' : 'application/octet-stream';
}

function readDisposition(value: string): 'attachment' | 'inline' | null {
  if (value === '') return null;
  return value === 'inline' ? 'inline' : 'attachment';
}

function readContentId(value: string): string | null {
  const id = decodeBytes(Buffer.from(value, 'latin1')).trim().replace(/^<|>$/g, '').trim();
  return id === '' || id.length > limits.messageIdLength ? null : id;
}

function findLine(lines: readonly { key: string; line: string }[], key: string): string {
  const line = lines.find((entry) => entry.key === key)?.line ?? '';
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n[ \t]*/g, ' ')
    .trim();
}

function describePlace(node: TreeNode | false): { around: string[]; alternative: object | null } {
  const around: string[] = [];
  let alternative: object | null = null;
  for (let parent = node === false ? undefined : node.parent; parent; parent = parent.parent) {
    const type = parent.contentType || '';
    around.push(type);
    if (type === 'multipart/alternative') alternative ??= parent;
  }
  return { around, alternative };
}
