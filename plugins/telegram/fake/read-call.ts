import type { IncomingMessage } from 'node:http';

export interface FakeCall {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, { readonly name: string; readonly content: Buffer }>;
}

/** The parameters of a call, as JSON or as a form with files. */
export async function readCall(request: IncomingMessage): Promise<FakeCall> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) {
    const fields = body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
    return { fields, files: new Map() };
  }
  const form = await new Response(body, { headers: { 'Content-Type': type } }).formData();
  const fields: Record<string, unknown> = {};
  const files = new Map<string, { name: string; content: Buffer }>();
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') fields[name] = value;
    else files.set(name, { name: value.name, content: Buffer.from(await value.arrayBuffer()) });
  }
  return { fields, files };
}
