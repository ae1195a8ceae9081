import { chromium, type Browser } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** True when there is a browser: `describe.skipIf(!hasChromium)`. */
export const hasChromium = process.env['HELPDESK_TEST_CHROMIUM'] !== undefined;

/**
 * A headless Chromium that talks to nobody but the pages under test; close it. Its contexts ask for reduced motion: a colour
 * on its way from light to dark is neither, and what axe measures there depends on how busy the machine is.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env['HELPDESK_TEST_CHROMIUM'];
  if (executablePath === undefined) throw new Error('this test needs Chromium (apt-get install chromium)');
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = (options) => newContext({ reducedMotion: 'reduce', ...options });
  return browser;
}
