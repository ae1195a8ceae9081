// `npm run screenshots`: takes every picture of the docs anew, of a desk that looks the same each time. Names of pictures, as in
// `npm run screenshots -- sla why`, take those alone.
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../setup/chromium.js';
import { findProgram } from '../setup/find-program.js';
import { pictures, type Scene } from './pictures.js';
import { startChannels } from './start-channels.js';
import { NOW, startCompany } from './start-company.js';
import { startSite } from './start-site.js';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
process.env['HELPDESK_TEST_CHROMIUM'] ??= findProgram(
  ['chromium', 'chromium-browser', 'google-chrome'],
  ['/usr/bin'],
);

const wanted = process.argv.slice(2);
const company = await startCompany();
const channels = await startChannels();
const site = await startSite(company.desk);
const browser = await launchChromium();
const scene: Scene = { company, channels, site };

for (const { name, shown, height = 760, take } of pictures) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const context = await browser.newContext({
    viewport: { width: 1280, height },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  const part = await take(page, scene);
  await page.evaluate(() => document.fonts.ready);
  const path = `${folder}${name}.png`;
  const look = { path, animations: 'disabled', caret: 'hide' } as const;
  await (part ? part.screenshot(look) : page.screenshot({ ...look, ...(shown ? { clip: shown } : {}) }));
  process.stdout.write(`docs/images/${name}.png\n`);
  await context.close();
}

await browser.close();
await site.close();
await channels.close();
await company.close();
