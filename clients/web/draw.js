// Draws what the feed holds by DOM calls alone: text becomes text nodes, never markup.
const make = (name, props = {}, ...children) => {
  const e = Object.assign(document.createElement(name), props);
  e.append(...children.filter((c) => c !== null));
  return e;
};

const blocks = {
  paragraph: 'p', list: 'ul', item: 'li', quote: 'blockquote', emphasis: 'em', strong: 'strong', code: 'code', line_break: 'br',
};

function drawNode(n) {
  const inside = () => (n.nodes || []).map(drawNode);
  switch (n.kind) {
    case 'text': return document.createTextNode(n.text || '');
    case 'heading': return make('p', { className: 'heading' }, ...inside());
    case 'code_block': return make('pre', {}, make('code', { textContent: n.text || '' }));
    case 'code': return make('code', { textContent: n.text || '' });
    case 'link':
      // The server lets no other through; a second look costs nothing.
      if (!/^(https?:\/\/|mailto:)/i.test(n.href)) return make('span', {}, ...inside());
      return make('a', { href: n.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...inside());
    case 'list': return n.number ? make('ol', { start: n.number }, ...inside()) : make('ul', {}, ...inside());
    default: return make(blocks[n.kind] || 'span', {}, ...inside());
  }
}

export const drawBlocks = (list) => list.map(drawNode);

function drawSources(citations, words) {
  const list = citations.map((c) => {
    const name = c.passage ? `${c.title} › ${c.passage}` : c.title;
    return make('li', {}, c.href ? make('a', { href: c.href, target: '_blank', rel: 'noopener noreferrer' }, name) : name);
  });
  return make('details', { className: 'sources' },
    make('summary', { textContent: citations.length > 1 ? words.sources : words.source }), make('ul', {}, ...list));
}

// on: { rate(reply, right), choose(text) }
export function drawTheirs(item, words, rated, on) {
  // Where there is something to choose, the text lists it too, for channels without buttons.
  const listed = (b) => item.choices && b.kind === 'list' && b.nodes?.length === item.choices.length;
  const said = (item.blocks || []).filter((b) => !listed(b));
  const bubble = make('div', { className: 'bubble', dir: 'auto' }, ...drawBlocks(said));
  const name = item.by === 'person' ? make('p', { className: 'speaker', textContent: item.name || words.person_name, dir: 'auto' }) : null;
  const row = make('li', { className: `theirs ${item.by} ${item.kind || ''}` }, name, bubble);
  if (item.choices) {
    const list = make('ul', { className: 'choices' });
    for (const text of item.choices) {
      const button = make('button', { type: 'button', textContent: text, dir: 'auto' });
      button.addEventListener('click', () => on.choose(text));
      list.append(make('li', {}, button));
    }
    row.append(list);
  }
  const foot = make('div', { className: 'foot' });
  if (item.citations && !item.choices) foot.append(drawSources(item.citations, words));
  if (item.kind === 'answer') foot.append(drawRating(item, words, rated, on));
  if (foot.childElementCount) row.append(foot);
  return row;
}

function drawRating(item, words, rated, on) {
  const box = make('div', { className: 'rating' });
  const thank = () => box.replaceChildren(make('span', { textContent: words.thanks }));
  if (rated) { thank(); return box; }
  const button = (label, right) => {
    const b = make('button', { type: 'button', textContent: label });
    b.setAttribute('aria-label', `${words.right} ${label}`);
    b.addEventListener('click', () => { thank(); on.rate(item.id, right); });
    return b;
  };
  box.append(make('span', { textContent: words.right }), button(words.yes, true), button(words.no, false));
  return box;
}

export function drawMine(text) {
  const bubble = make('div', { className: 'bubble', dir: 'auto' }, make('p', { className: 'written', textContent: text }));
  return make('li', { className: 'mine' }, bubble, make('p', { className: 'state' }));
}

// How long it will still take, as a range: in minutes, or in hours and halves where it is more than two.
function waitText(page, words, language) {
  if (!page.to_s) return '';
  const hours = page.to_s > 7200;
  const of = (s) => (hours ? Math.floor(s / 1800) / 2 : Math.floor(s / 60));
  const [from, to] = [of(page.from_s), of(page.to_s)];
  const said = (n) => n.toLocaleString(language);
  const range = from > 0 && from < to;
  const word = words[`${range ? 'wait' : 'wait_most'}_${hours ? 'hours' : 'minutes'}`];
  return ` · ${word.replace('{t}', range ? `${said(from)}–${said(to)}` : said(to))}`;
}

// The line under the name: who answers, or what one waits for.
export function whoIsThere(page, words, language) {
  if (page.mode === 'person' && page.name) return words.mode_named.replace('{person}', () => page.name);
  if (page.out_of_hours) return words.mode_away;
  if (page.mode === 'waiting' && page.place) return words.mode_place.replace('{n}', page.place) + waitText(page, words, language);
  return words[`mode_${page.mode}`] || words.mode_ai;
}
