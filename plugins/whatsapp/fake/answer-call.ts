import { createHmac } from 'node:crypto';
import { formOf } from '../channel/upload-file.js';
import { contentOf, Sending } from './check-message.js';
import type { FakeState } from './fake-state.js';

export interface FakeCall {
  readonly method: string;
  /** Behind the version. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly authorization: string;
  readonly json: unknown;
  readonly form: FormData | undefined;
  readonly baseUrl: string;
}

export interface Said {
  readonly status: number;
  readonly body: unknown;
}

const good = (body: unknown): Said => ({ status: 200, body });
/** As https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes shows it. */
const bad = (code: number, message: string, status = 400): Said => ({
  status,
  body: { error: { message: `(#${code}) ${message}`, type: 'OAuthException', code, fbtrace_id: 'fake' } },
});

/** @returns 'cut': it was taken, and the connection ends without an answer */
export async function answerCall(state: FakeState, call: FakeCall): Promise<Said | 'cut'> {
  if (call.authorization !== `Bearer ${state.token}`)
    return bad(190, 'Invalid OAuth access token - Cannot parse access token', 401);
  const proof = createHmac('sha256', state.appSecret).update(state.token).digest('hex');
  if (call.query.get('appsecret_proof') !== proof)
    return bad(100, 'Invalid appsecret_proof provided in the API argument');
  const [id = '', edge = ''] = call.path;
  const route = `${call.method} ${id === state.phoneNumberId ? 'number' : id === state.wabaId ? 'business' : 'media'}/${edge}`;
  switch (route) {
    case 'GET number/':
      return good({ verified_name: 'Warm House', display_phone_number: '+7 495 555-01-01', id });
    case 'POST number/messages':
      return send(state, call);
    case 'POST number/media':
      return upload(state, call);
    case 'GET business/phone_numbers':
      return good({ data: [{ id: state.phoneNumberId }] });
    case 'POST business/subscribed_apps':
      state.isSubscribed = true;
      return good({ success: true });
    case 'GET business/message_templates':
      return listTemplates(state, call);
    case 'GET media/':
      return findMedia(state, call, id);
    default:
      return bad(
        100,
        `Unsupported ${call.method.toLowerCase()} request. Object with ID '${id}' does not exist`,
      );
  }
}

function listTemplates({ templates }: FakeState, { query }: FakeCall): Said {
  const from = Number(query.get('after') ?? 0);
  const most = 2;
  const next = from + most < templates.length ? { next: 'https://graph.example/next' } : {};
  const paging = { cursors: { before: 'x', after: String(from + most) }, ...next };
  return good({ data: templates.slice(from, from + most), paging });
}

function findMedia({ files }: FakeState, { query, baseUrl }: FakeCall, id: string): Said {
  const file = files.get(id);
  if (!file || query.get('phone_number_id') === null)
    return bad(100, `Unsupported get request. Object with ID '${id}' does not exist`);
  const { content, type } = file;
  return good({
    id,
    url: `${baseUrl}/file/${id}`,
    mime_type: type,
    file_size: content.length,
    messaging_product: 'whatsapp',
  });
}

async function upload(state: FakeState, { form }: FakeCall): Promise<Said> {
  const file = form?.get('file');
  const type = form?.get('type');
  if (form?.get('messaging_product') !== 'whatsapp' || !(file instanceof File) || typeof type !== 'string')
    return bad(100, 'The parameter messaging_product is required.');
  const content = Buffer.from(await file.arrayBuffer());
  if (!formOf({ contentType: type, size: content.length }))
    return bad(100, 'Param file must be a file with one of the following types: …');
  const id = String(state.nextId++);
  state.files.set(id, { content, type });
  return good({ id });
}

const codes = { busy: 131056, refused: 131051, gone: 131026 } as const;

function send(state: FakeState, { json }: FakeCall): Said | 'cut' {
  const trouble = state.troubles.shift();
  if (typeof trouble === 'number') return bad(trouble, 'trouble');
  if (trouble !== undefined && trouble !== 'silent') return bad(codes[trouble], `${trouble} by the fake`);
  const read = Sending.safeParse(json);
  if (!read.success) {
    const issue = read.error.issues[0];
    return bad(100, `Invalid parameter: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const { text, mediaId, filename, buttons } = contentOf(read.data);
  const file = mediaId === undefined ? undefined : state.files.get(mediaId);
  if (mediaId !== undefined && !file) return bad(131053, 'Media upload error');
  const id = `wamid.${Buffer.from(`out ${state.nextId++}`).toString('base64')}`;
  const { type, to, recipient } = read.data;
  state.sent.push({
    type,
    to: to ?? recipient ?? '',
    text,
    buttons,
    files: file ? [{ name: filename ?? `${type}-${mediaId}`, content: file.content }] : [],
    template: read.data.type === 'template' ? read.data.template : null,
    id,
  });
  if (trouble === 'silent') return 'cut';
  const contacts = to === undefined ? [{ user_id: recipient }] : [{ input: to, wa_id: to }];
  return good({ messaging_product: 'whatsapp', contacts, messages: [{ id }] });
}
