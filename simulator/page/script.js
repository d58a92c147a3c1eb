/**
 * What the page does in the browser, beyond what works without it: takes changed parts as they come, sends forms without
 * leaving the page, and lets clocks tick.
 */

let forgetting;
const outcome = document.getElementById('outcome');

listen();
document.addEventListener('submit', (event) => void send(event));
setInterval(tick, 1000);
tick();

/** The browser comes again by itself where the stream ends. A page that is not looked at leaves its place to others: there are six. */
function listen() {
  let events;
  const follow = () => {
    events?.close();
    events = undefined;
    if (document.visibilityState === 'hidden') return;
    events = new EventSource(location.href);
    events.addEventListener('message', take);
  };
  document.addEventListener('visibilitychange', follow);
  addEventListener('pageshow', ({ persisted }) => persisted && follow());
  addEventListener('pagehide', () => events?.close());
  follow();
}

function take({ data }) {
  const { id, html } = JSON.parse(data);
  const part = document.getElementById(id);
  if (part === null) return;
  const fresh = part.cloneNode(false);
  fresh.innerHTML = html;
  morph(part, fresh);
  tick();
}

/** Makes an element as the fresh one is, and leaves alone what is the same: focus, what is open, what was chosen. */
function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE || old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh);
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (name !== 'open' && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== 'open' && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  let at = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const same = child.id ? ownChild(old, child.id) : at;
    if (same === null || (!child.id && (same.id || same.nodeName !== child.nodeName))) {
      old.insertBefore(child, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    morph(same, child);
  }
  while (at !== null) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function ownChild(parent, id) {
  return [...parent.children].find((child) => child.id === id) ?? null;
}

async function send(event) {
  const form = event.target;
  if (form.method !== 'post') return;
  event.preventDefault();
  const { submitter } = event;
  const body = new URLSearchParams(new FormData(form, submitter));
  submitter?.setAttribute('aria-disabled', 'true');
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body,
    });
    const { said, isFault = false, to } = await answer.json();
    if (to !== undefined && to !== location.pathname + location.search) location.assign(to);
    else tell(said ?? '', isFault);
    document.getElementById(form.dataset.leadsTo)?.scrollIntoView({ block: 'nearest' });
  } catch (error) {
    tell(String(error), true);
  } finally {
    submitter?.removeAttribute('aria-disabled');
  }
}

/** What is well is not to stand in the way for long; a fault stays until something else is said. */
function tell(said, isFault) {
  clearTimeout(forgetting);
  if (!isFault) forgetting = setTimeout(tell, 8_000, '', true);
  outcome.textContent = said;
  outcome.className = said === '' ? 'quiet' : isFault ? 'fault' : '';
}

/** Business time is `offset` after real time, which counts `factor` times. */
function tick() {
  for (const element of document.querySelectorAll('[data-offset]')) {
    const { offset, factor, since } = element.dataset;
    const now = Number(offset) + Date.now() * Number(factor);
    const text = since === undefined ? moment(now) : duration(now - Number(since));
    if (element.textContent !== text) element.textContent = text;
  }
}

function moment(ms) {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}
