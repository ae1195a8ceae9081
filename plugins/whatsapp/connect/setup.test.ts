import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveWhatsApp, type WhatsAppDriver } from '../fake/drive-whatsapp.js';

describe('connecting a number', () => {
  let driver: WhatsAppDriver;
  beforeAll(async () => void (driver = await driveWhatsApp('sqlite')));
  afterAll(() => driver.close());

  const setup = () => {
    const found = driver.desk.app.channels.get('whatsapp')?.setup;
    if (!found) throw new Error('it has no setup');
    return found;
  };
  const check = (change: Record<string, string>, accountId?: number) => {
    const { token: accessToken, appSecret, phoneNumberId, wabaId } = driver.fake.state;
    const values = { accessToken, appSecret, phoneNumberId, wabaId, ...change };
    return setup().check(values, accountId === undefined ? {} : { accountId });
  };
  const other = { phoneNumberId: '5550001112223' };

  it.each([
    ['noToken', 'accessToken', { accessToken: 'EAA with spaces' }],
    ['noSecret', 'appSecret', { appSecret: 'secret' }],
    ['noId', 'phoneNumberId', { phoneNumberId: '+7 495 555-01-01' }],
    ['noId', 'wabaId', { wabaId: '' }],
    ['taken', 'phoneNumberId', {}],
    ['wrongToken', 'accessToken', { ...other, accessToken: `EAA${'x'.repeat(30)}` }],
    ['wrongSecret', 'appSecret', { ...other, appSecret: '0'.repeat(32) }],
    ['wrongId', 'phoneNumberId', other],
  ])('says %s at the field %s', async (because, field, change) => {
    expect(await check(change)).toMatchObject({ ok: false, because: `whatsapp.setup.${because}`, field });
  });

  it('says that the business is another than the number’s', async () => {
    expect(await check({ wabaId: '10229012934' }, driver.account.id)).toMatchObject({ field: 'wabaId' });
  });

  it('shows the verified name and the number, and needs no secret again that it has', async () => {
    const secrets = { accessToken: '', appSecret: '' };
    const { phoneNumberId, wabaId } = driver.fake.state;
    expect(await check(secrets, driver.account.id)).toEqual({
      ok: true,
      name: 'Warm House',
      address: '+7 495 555-01-01',
      config: { phoneNumberId, wabaId },
    });
  });

  it('says what to paste at Meta, and has the app told of what happens', async () => {
    const after = setup().after?.(driver.account);
    expect(after?.values['url']).toBe('https://help.acme.example/inbound/whatsapp');
    expect(driver.desk.app.t('en', after?.text ?? '', after?.values)).toContain(after?.values['token']);
    await expect.poll(() => driver.fake.state.isSubscribed).toBe(true);
  });
});
