// Pictures of the page for the README. usage: node pictures.mjs URL, with TARGET naming the folder.
import path from 'node:path';
import { answered, openBrowser, openPage, say, until } from './browser.mjs';

const url = process.argv[2];
const errors = [];
const shots = [
  { name: 'desktop-light', width: 1000, height: 720, colorScheme: 'light', locale: 'en-GB', say: ['my new boots pinch, can I send them back?', 'How long do refunds take?'] },
  { name: 'phone-dark', width: 390, height: 780, colorScheme: 'dark', locale: 'en-GB', say: ['How long do refunds take?'] },
  { name: 'phone-new', width: 390, height: 780, colorScheme: 'light', locale: 'es-ES', say: [] },
  { name: 'phone-menu', width: 390, height: 780, colorScheme: 'light', locale: 'en-GB', say: ['Where is my parcel?'], menu: true },
  { name: 'desktop-dark', width: 1000, height: 720, colorScheme: 'dark', locale: 'en-GB', say: ['I want to talk to a person'], shows: /in line · / },
];
for (const s of shots) {
  const context = await openBrowser({ viewport: { width: s.width, height: s.height }, colorScheme: s.colorScheme, locale: s.locale, deviceScaleFactor: 1 });
  const page = await openPage(context, url, errors);
  for (const [n, text] of s.say.entries()) { await say(page, text); await answered(page, n + 1); }
  if (s.shows) await until('the wait', async () => s.shows.test(await page.textContent('#mode')));
  if (s.menu) await page.click('#menu summary');
  await page.screenshot({ path: path.join(process.env.TARGET, `${s.name}.png`) });
  await context.close();
}
if (errors.length) { console.log(errors.join('\n')); process.exit(1); }
process.exit(0);
