// What the page's scenarios share: Chromium as Debian carries it, driven by playwright-core, and small words for waiting.
// Environment: NODE_MODULES (where playwright-core and axe-core lie), CHROMIUM, PROFILE (an empty folder).
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';

const modules = process.env.NODE_MODULES;
const require = createRequire(path.join(modules, 'x.js'));
const { chromium } = require('playwright-core');
const axe = path.join(modules, 'axe-core', 'axe.min.js');

export const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export async function openBrowser(options = {}) {
  const context = await chromium.launchPersistentContext(path.join(process.env.PROFILE, String(Date.now())), {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: FLAGS, locale: 'en-GB', bypassCSP: false, ...options,
  });
  context.setDefaultTimeout(25000);
  return context;
}

// A page that tells of every error: none is allowed.
export async function openPage(context, url, errors) {
  const page = await context.newPage();
  page.on('pageerror', (e) => errors.push(`page error: ${e.message}`));
  page.on('console', (m) => {
    // A browser tells of every request that a cut network ends; that is what those tests are about.
    if (m.type() === 'error' && !/Failed to load resource|WebSocket connection|net::ERR/.test(m.text())) errors.push(`console: ${m.text()}`);
  });
  await page.goto(url);
  await page.waitForSelector('html.ready');
  return page;
}

export async function say(page, text) {
  await page.fill('#text', text);
  await page.press('#text', 'Enter');
}

export const mine = (page) => page.evaluate(() => // in one step: rows move
  [...document.querySelectorAll('#log > .mine')].map((r) => [r.querySelector('.written').textContent, r.dataset.state]));
export const theirs = (page) => page.$$eval('#log > .theirs .bubble', (rows) => rows.map((r) => r.textContent));

export async function until(what, check, ms = 25000) {
  const end = Date.now() + ms;
  for (;;) {
    const got = await check();
    if (got) return got;
    if (Date.now() > end) throw new Error(`not in ${ms} ms: ${typeof what === 'function' ? what() : what}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}

export const answered = (page, n) => until(`${n} messages answered`, async () => {
  const all = await mine(page);
  return all.length === n && all.every(([, state]) => state === 'answered') && all;
});

export function same(got, wanted, what) {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) throw new Error(`${what}: got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
}
export function must(x, what) { if (!x) throw new Error(what); }

export async function violations(page) {
  // axe is not the page's: it comes in past its policy, by the debugger.
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(axe, 'utf8'));
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`);
}

// The launcher's button, in its closed root: only the debugger looks in.
export async function inLauncher(page) {
  const debug = await page.context().newCDPSession(page);
  const { root } = await debug.send('DOM.getDocument', { depth: -1, pierce: true });
  await debug.send('DOM.enable');
  await debug.send('CSS.enable');
  const find = (n, is) => is(n) ? n : [...(n.shadowRoots || []), ...(n.children || [])].map((c) => find(c, is)).find(Boolean);
  const host = find(root, (n) => n.shadowRoots?.some((s) => s.shadowRootType === 'closed'));
  const button = find(host, (n) => n.nodeName === 'BUTTON');
  const { computedStyle } = await debug.send('CSS.getComputedStyleForNode', { nodeId: button.nodeId });
  const badge = find(button, (n) => n.attributes?.includes('badge'));
  await debug.detach();
  return { style: (name) => computedStyle.find((s) => s.name === name).value, badge: badge?.children?.[0]?.nodeValue };
}

// The one who started us kills and starts the server: a line out, a line back.
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
export async function ask(what) {
  process.stdout.write(`${what}\n`);
  return (await lines.next()).value;
}
