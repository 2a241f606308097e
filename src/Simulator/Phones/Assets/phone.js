// One phone: its owner, its threads by the number it sees, and the conversation that is open.
import { get, post, upload } from './api.js';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const statusWords = { sent: 'Sending…', delivered: 'Delivered', failed: 'Not delivered' };

export class Phone {
  #threads = new Map();
  #open = null;
  #unread = new Map();
  #drafts = new Map();
  #host;
  #person;

  constructor(person, host) {
    this.#person = person;
    this.#host = host;
    this.element = document.getElementById('phone').content.firstElementChild.cloneNode(true);
    this.#find('h2').textContent = person.name;
    this.#find('.number').textContent = host.titleOf(person.number);
    this.#find('.avatar').textContent = person.name.split(/\s+/).map(word => word[0] ?? '').slice(0, 2).join('');
    this.element.setAttribute('aria-label', `Phone of ${person.name}`);
    this.#find('.close').addEventListener('click', host.close);
    this.#wireLabels();
    this.#wireNewThread();
    this.#wireComposer();
    this.#show();
  }

  place(index) {
    this.element.dataset.testid = `phone-${index}`;
    this.element.dataset.tint = index % 4;
    this.element.dataset.person = this.#person.id;
  }

  /** Fetches all threads anew. */
  async load() {
    const threads = await get(`/people/${encodeURIComponent(this.#person.id)}/threads`);
    const drafts = [...this.#threads.values()].filter(thread => !thread.messages.length);
    this.#threads = new Map([...drafts, ...threads].map(thread => [thread.number, thread]));
    if (!this.#threads.has(this.#open)) {
      this.#open = this.#sorted()[0]?.number ?? null;
    }
    this.#show();
  }

  /** Takes in a message that is new or has changed. */
  take(number, title, message) {
    const thread = this.#thread(number, title);
    const known = thread.messages.findIndex(one => one.sid === message.sid);
    if (known >= 0) {
      thread.messages[known] = message;
    } else {
      thread.messages.push(message);
      thread.messages.sort((one, other) => one.sequence - other.sequence);
      if (!message.isOut && number !== this.#open && this.#open !== null) {
        this.#unread.set(number, (this.#unread.get(number) ?? 0) + 1);
      }
    }
    this.#open ??= number;
    this.#show();
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }

  #thread(number, title) {
    if (!this.#threads.has(number)) {
      this.#threads.set(number, { number, title: title ?? this.#host.titleOf(number), messages: [] });
    }
    return this.#threads.get(number);
  }

  #sorted() {
    const newest = thread => thread.messages.at(-1)?.sequence ?? Infinity;
    return [...this.#threads.values()].sort((one, other) => newest(other) - newest(one));
  }

  #choose(number) {
    this.#drafts.set(this.#open, this.#find('textarea').value);
    this.#open = number;
    this.#unread.delete(number);
    this.#find('textarea').value = this.#drafts.get(number) ?? '';
    this.#show();
  }

  #show() {
    const focused = document.activeElement?.dataset?.number;
    const threads = this.#sorted().map(thread => this.#threadItem(thread));
    this.#find('.threads').replaceChildren(...threads);
    if (focused && !this.element.contains(document.activeElement)) {
      threads.map(item => item.firstElementChild).find(button => button.dataset.number === focused)?.focus();
    }

    const thread = this.#threads.get(this.#open);
    this.#find('.title').textContent = thread?.title ?? '';
    for (const control of this.element.querySelectorAll('.composer :is(textarea, button, input)')) {
      control.disabled = !thread;
    }
    this.#showMessages(thread);
  }

  #threadItem(thread) {
    const button = make('button', 'thread', { type: 'button' });
    button.dataset.testid = 'thread';
    button.dataset.number = thread.number;
    button.setAttribute('aria-current', thread.number === this.#open);
    button.append(make('span', 'name', { textContent: thread.title }));
    const last = thread.messages.at(-1);
    button.append(make('time', '', { textContent: last ? time.format(new Date(last.at)) : '' }));
    button.append(make('span', 'preview', { textContent: last ? last.body || 'Picture' : 'New conversation' }));
    const unread = this.#unread.get(thread.number);
    if (unread) {
      const badge = make('span', 'unread', { textContent: unread });
      badge.append(make('span', 'visually-hidden', { textContent: ' unread' }));
      button.append(badge);
    }
    button.addEventListener('click', () => this.#choose(thread.number));
    const item = document.createElement('li');
    item.append(button);
    return item;
  }

  #showMessages(thread) {
    const list = this.#find('.messages');
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80 || list.dataset.number !== this.#open;
    if (list.dataset.number !== String(this.#open)) {
      list.replaceChildren();
      list.dataset.number = this.#open;
    }
    const messages = thread?.messages ?? [];
    if (!messages.length) {
      const words = thread ? 'Say something.' : 'No messages yet. Press “New message”, or wait for a text.';
      list.replaceChildren(make('li', 'hint', { textContent: words }));
      return;
    }
    list.querySelector('.hint')?.remove();
    messages.forEach((message, index) => {
      const shown = list.querySelector(`[data-sid="${CSS.escape(message.sid)}"]`);
      if (!shown) {
        list.insertBefore(messageItem(message), list.children[index] ?? null);
      } else if (shown.dataset.status !== message.status) {
        shown.replaceWith(messageItem(message));
      }
    });
    if (isAtEnd) {
      const toEnd = () => {
        list.scrollTop = list.scrollHeight;
      };
      toEnd();
      // A picture takes its room only once it is there.
      list.querySelectorAll('img').forEach(image => image.complete || image.addEventListener('load', toEnd));
    }
  }

  /** Ties each label of the template to its field; ids must differ from phone to phone. */
  #wireLabels() {
    for (const label of this.element.querySelectorAll('label[data-for]')) {
      const field = label.nextElementSibling;
      field.id = `${label.dataset.for}-${this.#person.id}`;
      label.htmlFor = field.id;
    }
  }

  #wireNewThread() {
    const form = this.#find('.new-form');
    const opener = this.#find('.new');
    const toggle = shown => {
      form.hidden = !shown;
      opener.setAttribute('aria-expanded', shown);
    };
    opener.addEventListener('click', () => {
      toggle(form.hidden);
      form.querySelector('input').focus();
    });
    form.addEventListener('submit', event => {
      event.preventDefault();
      const digits = form.querySelector('input').value.replace(/[^\d+]/g, '');
      const number = digits.startsWith('+') ? digits : digits.length === 10 ? `+1${digits}` : `+${digits}`;
      this.#thread(number);
      this.#choose(number);
      form.reset();
      toggle(false);
      this.#find('textarea').focus();
    });
  }

  #wireComposer() {
    const form = this.#find('.composer');
    const text = this.#find('textarea');
    form.addEventListener('submit', event => {
      event.preventDefault();
      const body = text.value;
      if (body.trim()) {
        text.value = '';
        this.#send(body, []);
      }
      text.focus();
    });
    text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    const file = form.querySelector('input[type=file]');
    file.addEventListener('change', async () => {
      const url = file.files.length ? await upload(file.files[0]).catch(() => null) : null;
      this.#host.complain(url || !file.files.length ? '' : 'This picture could not be sent: PNG, JPEG, GIF or WebP of at most 1 MB.');
      file.value = '';
      if (url) {
        const body = text.value;
        text.value = '';
        this.#send(body, [url]);
      }
    });
  }

  async #send(body, media) {
    const to = this.#open;
    const complaint = await post('/texts', { from: this.#person.id, to, body, media }).then(
      answer => answer.ok ? '' : 'Nobody has this number: the account does not own it.',
      () => 'The simulator does not answer: nothing was sent.');
    this.#host.complain(complaint);
    if (complaint) {
      this.#giveBack(to, body);
    }
  }

  /** Nobody has to write again what could not be sent. */
  #giveBack(to, body) {
    if (to !== this.#open) {
      this.#drafts.set(to, this.#drafts.get(to) || body);
    } else {
      this.#find('textarea').value ||= body;
    }
  }
}

function make(tag, className, properties) {
  const element = Object.assign(document.createElement(tag), properties);
  element.className = className;
  return element;
}

function messageItem(message) {
  const item = make('li', message.isOut ? 'message out' : 'message', {});
  item.dataset.testid = message.isOut ? 'message-out' : 'message-in';
  item.dataset.sid = message.sid;
  item.dataset.status = message.status;
  item.append(...message.media.map(picture));
  if (message.body) {
    item.append(make('span', 'bubble', { textContent: message.body, dir: 'auto' }));
  }
  const when = time.format(new Date(message.at));
  const word = message.isOut ? statusWords[message.status] : '';
  const reason = message.status === 'failed' ? ` (webhook: ${message.webhookStatus || 'no answer'})` : '';
  item.append(make('span', message.status === 'failed' ? 'meta failed' : 'meta', {
    textContent: word ? `${when} · ${word}${reason}` : when,
  }));
  return item;
}

function picture(url) {
  const link = make('a', 'picture', { target: '_blank', rel: 'noreferrer noopener', textContent: '' });
  if (/^https?:/.test(url)) {
    link.href = url;
  }
  const image = make('img', '', { alt: 'Picture', referrerPolicy: 'no-referrer', src: link.href });
  image.addEventListener('error', () => image.replaceWith('Picture'));
  link.append(image);
  return link;
}
