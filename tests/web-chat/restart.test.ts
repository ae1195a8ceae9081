import { newToken } from '@helpdesk/core';
import { describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { freePort } from '../setup/free-port.js';
import { tempDir } from '../setup/temp-dir.js';
import { runChat } from './run-chat.js';
import { startShop } from './shop.js';

describe.skipIf(!hasChromium)('the window while the desk is away', () => {
  it('says so, keeps what is written even over a reload, and goes on by itself', async () => {
    const { path: folder } = await tempDir();
    const [key, port] = [newToken().token, await freePort()];
    const shop = await startShop(() => ({ desk: `http://127.0.0.1:${port}`, key }));
    const chat = JSON.stringify({ key, origin: shop.origin });
    const env = {
      HELPDESK_DATA: folder,
      DATABASE_URL: `sqlite:${folder}/helpdesk.sqlite`,
      PORT: String(port),
      CHAT: chat,
    };
    let desk = await runChat(env);
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(shop.page({}));
      const write = async (text: string) => {
        await page.getByRole('textbox', { name: 'Message' }).fill(text);
        await page.keyboard.press('Enter');
      };
      await page.getByRole('button', { name: 'Open the chat' }).click();
      await write('before');
      await page.getByText('Sending…').waitFor({ state: 'detached' });
      await desk.kill();
      await write('while it was away');
      await page.getByText('No connection.').waitFor();
      await write('and more');
      desk = await runChat(env);
      await page.getByText('Sending…').first().waitFor({ state: 'detached' });
      await expect.poll(() => page.getByText('No connection.').count()).toBe(0);
      desk.ask({ reply: 'before', text: 'we are back' });
      await page.getByText('we are back').waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Open the chat' }).click();
      await page.getByText('we are back').waitFor();
      const said = (await page.locator('.bubble').allTextContents()).slice(1);
      expect(said).toEqual(['You: before', 'You: while it was away', 'You: and more', 'Olga: we are back']);
    } finally {
      await browser.close();
      await desk.kill();
      await shop.stop();
    }
  });
});
