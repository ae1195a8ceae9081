import type { ZodType, output } from 'zod';
import type { App } from '../database/app.js';
import { errors } from '../errors/errors.js';
import type { Links } from './toolbox.js';

const DAY_MS = 24 * 3_600_000;
const LONGEST = 4000;

/**
 * Links whose data a customer can carry but not change: base64url(JSON) and an HMAC over it. Each owner has a key of
 * its own, so one plugin's link opens nothing of another.
 */
export function createLinks(app: Pick<App, 'keys' | 'now'>, owner: string): Links {
  const purpose = `link/${owner}`;
  return {
    seal(data, { days = 30 } = {}) {
      const body = { ...data, $until: app.now().getTime() + days * DAY_MS };
      const text = Buffer.from(JSON.stringify(body)).toString('base64url');
      return `${text}.${app.keys.sign(purpose, text)}`;
    },
    open<S extends ZodType>(token: string | undefined, schema: S): output<S> {
      const [text, signature, ...rest] = (token ?? '').slice(0, LONGEST).split('.');
      if (!text || !signature || rest.length > 0 || !app.keys.verify(purpose, text, signature))
        throw errors.LINK_INVALID();
      const { $until, ...data } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as {
        $until: number;
      };
      if ($until < app.now().getTime()) throw errors.LINK_EXPIRED();
      const read = schema.safeParse(data);
      if (!read.success) throw errors.LINK_INVALID();
      return read.data;
    },
  };
}
