import {
  listAccounts,
  openSecrets,
  secretText,
  text,
  type AccountCheck,
  type ChannelSetup,
  type HostApp,
} from '@helpdesk/core';
import { z } from 'zod';
import { callGraph, type Called } from '../api/call-graph.js';
import { Config, type BusinessNumber } from '../channel/number-of.js';
import { TOKEN_CODES } from '../channel/trouble-of.js';
import { callbackUrl, verifyToken } from './verify-address.js';

const Profile = z.object({ verified_name: z.string().default(''), display_phone_number: z.string() });
const Numbers = z.object({ data: z.array(z.object({ id: z.string() })) });

const no = (because: string, field?: string, values?: Record<string, string>): AccountCheck => ({
  ok: false,
  because: `whatsapp.setup.${because}`,
  ...(field ? { field } : {}),
  ...(values ? { values } : {}),
});

/** Pasting what the app's pages at Meta show, seeing the verified name and the number, and where to paste our address. */
export function setupOf(app: HostApp, { apiUrl }: { apiUrl: string }): ChannelSetup {
  return {
    intro: 'whatsapp.setup.intro',
    fields: {
      accessToken: secretText({ label: 'whatsapp.setup.accessToken' }),
      appSecret: secretText({ label: 'whatsapp.setup.appSecret' }),
      phoneNumberId: text({ label: 'whatsapp.setup.phoneNumberId', max: 40, required: true }),
      wabaId: text({ label: 'whatsapp.setup.wabaId', max: 40, required: true }),
    },
    async check(values, { accountId }): Promise<AccountCheck> {
      const known = accountId === undefined ? {} : await openSecrets(app, accountId);
      const given = (name: string) => {
        const value = values[name];
        return (typeof value === 'string' ? value.trim() : '') || (known[name] ?? '');
      };
      const number: BusinessNumber = {
        apiUrl,
        token: given('accessToken'),
        appSecret: given('appSecret'),
        phoneNumberId: given('phoneNumberId'),
        wabaId: given('wabaId'),
      };
      return refuseForm(number) ?? (await refuseTaken(app, number, accountId)) ?? askMeta(number);
    },
    after: () => ({
      text: 'whatsapp.setup.after',
      values: { url: callbackUrl(app), token: verifyToken(app) },
    }),
  };
}

/** What is wrong before anybody is asked. */
function refuseForm({ token, appSecret, phoneNumberId, wabaId }: BusinessNumber): AccountCheck | undefined {
  if (!/^[\w-]{20,1000}$/.test(token)) return no('noToken', 'accessToken');
  if (!/^[0-9a-f]{32}$/i.test(appSecret)) return no('noSecret', 'appSecret');
  if (!/^\d{5,30}$/.test(phoneNumberId)) return no('noId', 'phoneNumberId');
  return /^\d{5,30}$/.test(wabaId) ? undefined : no('noId', 'wabaId');
}

async function refuseTaken(
  app: HostApp,
  { phoneNumberId }: BusinessNumber,
  accountId: number | undefined,
): Promise<AccountCheck | undefined> {
  const accounts = await listAccounts(app.db, { channel: 'whatsapp' });
  const taken = accounts.find(
    ({ id, config }) => id !== accountId && Config.parse(config).phoneNumberId === phoneNumberId,
  );
  return taken && no('taken', 'phoneNumberId', { name: taken.name });
}

async function askMeta(number: BusinessNumber): Promise<AccountCheck> {
  const { phoneNumberId, wabaId } = number;
  const fields = 'verified_name,display_phone_number';
  const called = await callGraph(number, { path: phoneNumberId, query: { fields } });
  if (called.state !== 'ok') return refusal(called, 'phoneNumberId');
  const profile = Profile.safeParse(called.result);
  if (!profile.success) return no('wrongId', 'phoneNumberId');
  const listed = await callGraph(number, {
    path: `${wabaId}/phone_numbers`,
    query: { fields: 'id', limit: '100' },
  });
  if (listed.state !== 'ok') return refusal(listed, 'wabaId');
  const ids = Numbers.safeParse(listed.result).data?.data ?? [];
  if (!ids.some(({ id }) => id === phoneNumberId)) return no('otherAccount', 'wabaId');
  const { verified_name: name, display_phone_number: address } = profile.data;
  return { ok: true, name: name || address, address, config: { phoneNumberId, wabaId } };
}

/** @param field that of the id which was asked about */
function refusal(called: Exclude<Called, { state: 'ok' }>, field: string): AccountCheck {
  const { reason } = called;
  if (called.state !== 'refused' || called.isPassing) return no('unreachable', undefined, { reason });
  if (/appsecret_proof/i.test(reason)) return no('wrongSecret', 'appSecret');
  if (TOKEN_CODES.includes(called.code)) return no('wrongToken', 'accessToken');
  if (called.code === 100) return no('wrongId', field);
  const isForbidden = called.code === 10 || (called.code >= 200 && called.code < 300);
  return isForbidden ? no('forbidden', 'accessToken') : no('unreachable', undefined, { reason });
}
