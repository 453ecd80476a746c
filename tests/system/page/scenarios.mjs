// The chat page in a real browser. usage: node scenarios.mjs NAME URL; says "ok" at the end.
import { answered, ask, inLauncher, mine, must, openBrowser, openPage, same, say, theirs, until, violations } from './browser.mjs';

const [, , name, url] = process.argv;
const errors = [];

const scenarios = {
  async answer(context) {
    const page = await openPage(context, url, errors);
    must(await page.isVisible('#hello .bubble'), 'a greeting');
    await say(page, 'How do I reserve a study room?');
    await answered(page, 1);
    must((await theirs(page))[0].length > 10, 'an answer');
    must(!(await page.isVisible('#typing')), 'no typing sign when all is answered');
    await page.click('.sources summary');
    must(await page.isVisible('.sources li'), 'the source is behind a tap');
    await page.click('.rating button >> nth=0');
    await until('thanks', async () => /Thank/.test(await page.textContent('.rating')));
    const seen = await theirs(page);
    await page.reload();
    await answered(page, 1);
    same(await theirs(page), seen, 'after a reload');
    must(/Thank/.test(await page.textContent('.rating')), 'the rating is remembered');
    // What does not fit is shown from its beginning, as it comes and after a reload.
    await page.setViewportSize({ width: 320, height: 220 });
    const begins = () => page.evaluate(() => {
      const view = document.getElementById('scroll').getBoundingClientRect();
      const row = [...document.querySelectorAll('#log .theirs')].at(-1).getBoundingClientRect();
      return row.height > view.height && row.top >= view.top && row.top < view.bottom;
    });
    await say(page, 'What are the opening hours?');
    await answered(page, 2);
    await until('its beginning', begins);
    await page.reload();
    await answered(page, 2);
    await until('its beginning after a reload', begins);
    const cookies = await context.cookies();
    must(cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === 'Lax', 'one cookie that scripts cannot read');
    must(await page.evaluate(() => document.cookie === ''), 'nothing for scripts');
  },

  async network(context) {
    const page = await openPage(context, url, errors);
    await say(page, 'What are the opening hours?');
    await answered(page, 1);
    await context.setOffline(true);
    await until('the page says so', async () => /No connection/.test(await page.textContent('#note')));
    for (const text of ['fines one', 'fines two', 'fines three']) await say(page, text);
    same((await mine(page)).slice(1).map((m) => m[1]), ['waiting', 'waiting', 'waiting'], 'written while away');
    must(!(await page.isVisible('#typing')), 'nobody works on what was not sent');
    await context.setOffline(false);
    const all = await answered(page, 4);
    same(all.slice(1).map((m) => m[0]), ['fines one', 'fines two', 'fines three'], 'in their order, once');
    await page.reload();
    same((await answered(page, 4)).map((m) => m[0]), all.map((m) => m[0]), 'after a reload');
  },

  async restart(context) {
    const page = await openPage(context, url, errors);
    await say(page, 'What are the opening hours?');
    await answered(page, 1);
    await ask('kill');
    await until('the page says so', async () => /No connection/.test(await page.textContent('#note')));
    await say(page, 'fines while the server is dead');
    // Its last words may be on their way: a second message in the same breath.
    await say(page, 'and a card');
    await ask('start');
    const all = await answered(page, 3);
    same(all.map((m) => m[0]), ['What are the opening hours?', 'fines while the server is dead', 'and a card'], 'once, in order');
    await ask('kill');
    await say(page, 'written, then the page is loaded again');
    await ask('start');
    await page.reload();
    same((await answered(page, 4))[3][0], 'written, then the page is loaded again', 'what waited outlives a reload');
    const items = await page.evaluate(async () => {
      const { tenant } = JSON.parse(document.getElementById('facts').textContent);
      return (await (await fetch(`/t/${tenant}/feed?from=1`)).json()).items;
    });
    same(items.filter((i) => i.by === 'customer').length, 4, 'the log has each once');
  },

  async tabs(context) {
    const a = await openPage(context, url, errors);
    const b = await openPage(context, url, errors);
    await say(a, 'fines from the first tab');
    await say(b, 'hours from the second tab');
    const both = [...(await answered(a, 2))].map((m) => m[0]).sort();
    same(both, ['fines from the first tab', 'hours from the second tab'], 'both see both');
    same((await answered(b, 2)).map((m) => m[0]), (await mine(a)).map((m) => m[0]), 'in one order');
    // Without a line, both write; then each of them comes back.
    await context.setOffline(true);
    await say(a, 'one');
    await say(b, 'two');
    await context.setOffline(false);
    await answered(a, 4);
    await answered(b, 4);
    same((await mine(a)).map((m) => m[0]), (await mine(b)).map((m) => m[0]), 'in one order again');
    // Ended in one, the other does not speak into the next conversation.
    await a.click('#menu summary');
    await a.check('input[value="4"]', { force: true });
    await a.fill('#comment', 'fine <b>');
    await a.click('#end button');
    await a.waitForSelector('html.ready');
    must(/ended/.test(await a.textContent('#note')), 'the end is confirmed');
    same((await mine(a)).length, 0, 'nothing of it is shown');
    await until('the old tab shows the new conversation', async () => {
      try { return (await mine(b)).length === 0; } catch { return false; }
    });
    await b.waitForSelector('html.ready');
    await say(b, 'hours of the new one');
    await answered(a, 1);
  },

  async texts(context) {
    const page = await openPage(context, url, errors);
    const long = `${'x'.repeat(1990)} \n${'é'.repeat(1990)}🙂 end of it.`.slice(0, 4000);
    await page.evaluate((t) => { // a paste, as a browser does it
      document.getElementById('text').focus();
      document.execCommand('insertText', false, t);
    }, long);
    must((await page.inputValue('#text')) === long, 'the paste is in');
    await page.press('#text', 'Enter');
    const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> [x](javascript:window.hit=1) {{name}} \u202e';
    await say(page, '👩‍👩‍👧‍👦 👍🏽 مرحبا 你好 ﷽');
    await say(page, evil);
    const all = await answered(page, 3);
    same(all.map((m) => m[0]), [long, '👩‍👩‍👧‍👦 👍🏽 مرحبا 你好 ﷽', evil.trim()], 'as they were written');
    must(!(await page.evaluate(() => window.hit)), 'nothing of it ran');
    must((await page.$$('#log img, #log script')).length === 0, 'no markup');
    await page.fill('#text', '你好');
    for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
      await page.evaluate((h) => document.getElementById('text').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...h })), how);
    }
    same(await page.inputValue('#text'), '你好', 'Enter that ends a composition sends nothing');
    await page.fill('#text', 'y'.repeat(4001));
    await page.press('#text', 'Enter');
    must(/1 characters too many/.test(await page.textContent('#note')), 'too long is said');
    must((await page.inputValue('#text')).length === 4001, 'and not lost');
    const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    same(width, 0, 'long words break');
  },

  async access(context) {
    for (const scheme of ['light', 'dark']) {
      for (const size of [{ width: 360, height: 640 }, { width: 1200, height: 800 }]) {
        const page = await openPage(context, url, errors);
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.setViewportSize(size);
        if (!(await mine(page)).length) await say(page, 'How do I reserve a study room?');
        await answered(page, 1);
        same(await violations(page), [], `axe, ${scheme}, ${size.width}`);
        await page.click('#menu summary');
        same(await violations(page), [], `axe with the menu, ${scheme}, ${size.width}`);
        await page.keyboard.press('Escape');
        must(await page.evaluate(() => document.activeElement.tagName === 'SUMMARY'), 'Escape gives the focus back');
        await page.close();
      }
    }
    // By keyboard alone: Tab from the start reaches the composer by the skip link.
    const page = await openPage(context, url, errors);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    must(await page.evaluate(() => document.activeElement.id === 'text'), 'the skip link leads to the composer');
    must((await page.getAttribute('#log', 'aria-live')) !== null, 'new lines are read out');
    for (const [locale, lang] of [['zh-CN', 'zh'], ['es-MX', 'es']]) {
      const got = await (await fetch(url, { headers: { 'Accept-Language': locale } })).text();
      must(got.includes(`<html lang="${lang}"`), `in ${lang}`);
    }
  },

  // A browser that speaks Arabic: the page runs from right to left, what is written in English stays as it is.
  async rtl() {
    const context = await openBrowser({ locale: 'ar' });
    const page = await openPage(context, url, errors);
    same(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ar', 'rtl'], 'the page');
    await say(page, 'How do I reserve a study room?');
    await answered(page, 1);
    await say(page, 'ما هي ساعات العمل؟ What are the opening hours?');
    await answered(page, 2);
    for (const size of [{ width: 360, height: 640 }, { width: 1200, height: 800 }]) {
      await page.setViewportSize(size);
      const at = await page.evaluate(() => {
        const middle = (e) => { const r = document.querySelector(e).getBoundingClientRect(); return r.left + r.width / 2 - innerWidth / 2; };
        return { mine: middle('.mine .bubble'), theirs: middle('.theirs .bubble'), avatar: middle('.avatar'), name: middle('h1 bdi'), send: middle('#send'),
          over: document.documentElement.scrollWidth - document.documentElement.clientWidth };
      });
      must(at.mine < 0 && at.theirs > 0 && at.avatar > 0 && at.name > 0 && at.send < 0, `sides are changed at ${size.width}: ${JSON.stringify(at)}`);
      same(at.over, 0, 'nothing sticks out');
      await page.click('#menu summary');
      same(await violations(page), [], `axe, ${size.width}`);
      await page.keyboard.press('Escape');
    }
    await context.close();
  },

  // The answer is held back on its way: what shows meanwhile, and what when it is there.
  async typing(context) {
    const held = [];
    await context.routeWebSocket(/socket/, (ws) => {
      const server = ws.connectToServer();
      ws.onMessage((m) => server.send(m));
      server.onMessage((m) => { if (JSON.parse(m).items?.some((i) => i.in_reply_to)) held.push(() => ws.send(m)); else ws.send(m); });
    });
    const page = await openPage(context, url, errors);
    must(!(await page.isVisible('#typing')), 'nobody works yet');
    await say(page, 'How do I reserve a study room?');
    await until('a machine is at work', () => page.isVisible('#typing'));
    same((await mine(page))[0][1], 'sent', 'the log has it');
    await until('the answer is on its way', () => held.length > 0);
    held.forEach((go) => go());
    await answered(page, 1);
    must(!(await page.isVisible('#typing')), 'it has answered');
  },

  // What stands under the name while one waits, in every language of the page.
  async words(context) {
    const said = [
      [{}, /up to 1 min$/, { from_s: 0, to_s: 60 }], [{}, /about 3–8 min$/, { from_s: 180, to_s: 480 }],
      [{}, /up to 8 min$/, { from_s: 480, to_s: 480 }], [{}, /about 60–120 min$/, { from_s: 3600, to_s: 7200 }],
      [{}, /about 1\.5–3 h$/, { from_s: 5400, to_s: 10800 }], [{}, /line$/, { from_s: 0, to_s: 0 }],
      [{ locale: 'zh-CN' }, /第 2 位 · 大约 3–8 分钟$/, { from_s: 180, to_s: 480 }],
      [{ locale: 'es-ES' }, /2 en la cola · unas 1,5–3 h$/, { from_s: 5400, to_s: 10800 }],
    ];
    const pages = {};
    for (const [{ locale = 'en-GB' }, wanted, seconds] of said) {
      if (!pages[locale]) {
        const own = locale === 'en-GB' ? context : await openBrowser({ locale });
        pages[locale] = await openPage(own, url, errors);
      }
      const got = await pages[locale].evaluate(async (s) => {
        const facts = JSON.parse(document.getElementById('facts').textContent);
        const { whoIsThere } = await import(document.querySelector('script[type=module]').src.replace('chat.js', 'draw.js'));
        return whoIsThere({ mode: 'waiting', place: 2, ...s }, facts.words, facts.language);
      }, seconds);
      must(wanted.test(got), `${locale} ${JSON.stringify(seconds)}: ${got}`);
    }
  },

  // Nobody is there by the tenant's hours: an address is asked for, and the answer comes in the same conversation.
  async away(context) {
    const page = await openPage(context, url, errors);
    await say(page, 'let me talk to a librarian');
    await until('the page says so', async () => /^Nobody is here right now/.test(await page.textContent('#mode')));
    await page.waitForSelector('#contact:not([hidden])');
    same(await violations(page), [], 'axe');
    await page.fill('#address', ' eve@example.org ');
    await page.press('#address', 'Enter');
    await until('it is sent', async () => /^(sent|answered)$/.test((await mine(page))[1]?.[1]));
    same((await mine(page))[1][0], 'You can reach me here: eve@example.org', 'as a message');
    must(!(await page.isVisible('#contact')), 'asked once');
    await page.reload();
    await until('the page says so again', async () => /^Nobody is here right now/.test(await page.textContent('#mode')));
    must(!(await page.isVisible('#contact')), 'after a reload too');
    await ask('answer');
    await until('the answer is here', async () => (await theirs(page)).some((t) => /Your umbrella is here/.test(t)));
  },

  // Two wait; the one who started us takes the first, then the second. Waits have been learnt before.
  async queue(context) {
    const page = await openPage(context, url, errors);
    let text = '';
    const shows = (what, check) => until(() => `${what}: ${text}`, async () => { text = await page.textContent('#mode'); return check.test(text); });
    await ask('first');
    await say(page, 'let me talk to a librarian');
    await shows('the place and the wait', /number 2 in line · (up to 1|about \d+–\d+) min$/);
    must(!(await page.isVisible('#typing')), 'no machine is at work');
    for (const width of [320, 1000]) {
      await page.setViewportSize({ width, height: 640 });
      same(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `all of it in ${width} pixels`);
      same(await violations(page), [], `axe, ${width}`);
    }
    await ask('take');
    await shows('the place as it is now', /number 1 in line · up to 1 min$/);
    await ask('take');
    await shows('who is there', /^You are talking to Zoe$/);
  },

  // On a site of somebody else: `url` is the site's; the second word of the address tells what it should see.
  async embed(context) {
    const page = await context.newPage();
    const refusals = [];
    page.on('console', (m) => { if (/frame-ancestors/.test(m.text())) refusals.push(m.text()); });
    await page.setViewportSize({ width: 1000, height: 800 });
    const launcher = () => page.mouse.click(1000 - 16 - 28, 800 - 16 - 28);
    const chat = () => page.frames().find((f) => /\/t\//.test(f.url()));
    await page.goto(url);
    await page.waitForFunction(() => document.body.lastElementChild.tagName === 'DIV');
    same(await page.evaluate(() => document.body.lastElementChild.shadowRoot), null, 'the site cannot look into the launcher');
    const look = await inLauncher(page);
    // The frame shows itself to the site by its messages alone.
    await page.evaluate(() => addEventListener('message', (e) => { try { window.looked = e.source.document.title; } catch (x) { window.looked = x.name; } }));
    same([look.style('background-color'), look.style('width')], ['rgb(47, 93, 80)', '56px'], 'the launcher has the tenant\'s colour and its own size');
    await launcher();
    if (url.includes('stranger')) {
      await until('the frame is refused', () => refusals.length > 0);
      return;
    }
    const frame = await until('the frame', chat);
    await frame.waitForSelector('html.ready');
    must(await frame.evaluate(() => getComputedStyle(document.getElementById('text')).color !== 'rgb(255, 0, 0)'), 'the site\'s styles stay outside');
    same(await frame.evaluate(() => innerWidth), 400, 'and do not change the frame');
    same(await page.evaluate(() => window.looked), 'SecurityError', 'its scripts do not look in');
    same(await page.evaluate(() => [frames.length, document.querySelectorAll('iframe').length, document.cookie]), [0, 0, ''], 'and find nothing outside');
    await frame.fill('#text', 'How do I reserve a study room?');
    await frame.press('#text', 'Enter');
    await answered(frame, 1);
    await page.evaluate(() => addEventListener('message', (e) => { window.unread = e.data.n; }));
    await launcher(); // closed
    await frame.evaluate(async () => {
      const { tenant, visitor } = JSON.parse(document.getElementById('facts').textContent);
      await fetch(`/t/${tenant}/messages?as=${visitor}`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ id: 'elsewhere', text: 'What are the opening hours?' }),
      });
    });
    await until('what came while it was closed is counted', () => page.evaluate(() => window.unread >= 1));
    await until('and the badge says so', async () => (await inLauncher(page)).badge === '1');
  },

  // A customer of the site signs in during a chat, comes with a second device, and signs out on the first.
  async signin(context) {
    const device = async (where, address) => {
      const page = await where.newPage();
      const said = [];
      page.on('console', (m) => { if (m.type() === 'error') said.push(m.text()); });
      await page.setViewportSize({ width: 1000, height: 800 });
      await page.goto(address);
      await page.waitForFunction(() => window.Steward);
      await page.mouse.click(1000 - 16 - 28, 800 - 16 - 28);
      const frame = await until('the frame', () => page.frames().find((f) => /\/t\//.test(f.url())));
      await frame.waitForSelector('html.ready');
      return { page, frame, said };
    };
    // The frame loads itself anew on the way.
    const facts = ({ frame }) => frame.evaluate(() => JSON.parse(document.getElementById('facts').textContent)).catch(() => null);
    const shows = (d, n) => until(`${n} messages answered`, async () => {
      const all = await mine(d.frame).catch(() => []);
      return all.length === n && all.every(([, state]) => state === 'answered') && all.map(([text]) => text);
    });
    const write = async (d, text) => { await d.frame.fill('#text', text); await d.frame.press('#text', 'Enter'); };
    const identify = (d) => d.page.evaluate(async () => window.Steward.identify(async () => (await fetch('/token')).text()));

    const one = await device(context, url);
    await write(one, 'How do I reserve a study room?');
    await shows(one, 1);
    const visitor = await facts(one);
    same(visitor.signed, 0, 'a visitor');
    await one.page.evaluate(() => window.Steward.identify('a.b.c'));
    await until('a bad token is told to the site', () => one.said.some((s) => /steward: that is no token/.test(s)));
    same((await facts(one)).visitor, visitor.visitor, 'and changes nothing');

    await identify(one);
    const ana = await until('signed in', async () => { const f = await facts(one); return f?.signed > 0 && f; });
    must(ana.visitor !== visitor.visitor, 'somebody else now');
    same(await shows(one, 1), ['How do I reserve a study room?'], 'what was said before came along');
    await write(one, 'What are the opening hours?');
    await shows(one, 2);

    const second = await openBrowser();
    const two = await device(second, `${url}?token`);
    same(await shows(two, 2), ['How do I reserve a study room?', 'What are the opening hours?'], 'the other device shows the same');
    same((await facts(two)).visitor, ana.visitor, 'and is the same customer');
    await write(two, 'Can I renew a book?');
    await shows(two, 3);
    same((await shows(one, 3))[2], 'Can I renew a book?', 'what the other device wrote');

    await one.page.evaluate(() => window.Steward.forget());
    const stranger = await until('signed out', async () => { const f = await facts(one); return f && f.signed === 0 && f; });
    must(stranger.visitor !== visitor.visitor && stranger.visitor !== ana.visitor, 'a new visitor');
    await one.frame.waitForSelector('html.ready');
    await until('connected', () => one.frame.evaluate(() => document.getElementById('note').textContent === ''));
    same(await mine(one.frame), [], 'nothing of it is shown');
    const kept = await one.frame.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.body.innerText);
    must(!/study room|opening hours|renew/.test(kept), `nothing of it is kept: ${kept}`);
    await write(one, 'How do I get a library card?');
    await shows(one, 1);
    same((await shows(two, 3)).length, 3, 'a stranger on the shared computer is not the customer');
    await second.close();
  },

  async plain() {
    const context = await openBrowser({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(url);
    await page.fill('#text', 'How do I reserve a study room?\nsoon');
    await page.click('#send');
    await page.waitForURL(/note=note_sent/);
    const frame = page.frameLocator('noscript iframe, iframe');
    await until('the answer without script', async () => {
      await page.reload();
      return (await frame.locator('.theirs').count()) > 0;
    });
    same(await frame.locator('.mine').count(), 1, 'once, however often it is loaded again');
    await context.close();
  },
};

const context = await openBrowser();
try {
  await scenarios[name](context);
  if (errors.length) throw new Error(`the browser complains: ${errors.join('; ')}`);
  console.log('ok');
} catch (e) {
  console.log(`failed: ${e.stack}`);
  process.exitCode = 1;
} finally {
  await context.close();
  process.exit();
}
