// The phones page. Everything that came over the air goes into the page as text, never as markup.
import { Phone } from './phone.js';
import { get, post } from './api.js';

const byId = id => document.getElementById(id);
const phones = new Map();
let people = [];
let numbers = [];
let events;

/** The ids in the address: they stand for the numbers, which never appear in it. */
const chosen = () => (new URLSearchParams(location.search).get('phones') ?? '').split(',').filter(Boolean);

function choose(ids) {
  history.replaceState(null, '', ids.length ? `?phones=${ids.map(encodeURIComponent).join(',')}` : location.pathname);
  show();
}

function toggle(id) {
  const ids = chosen();
  choose(ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id]);
}

function showPeople(ids) {
  byId('people').replaceChildren(...people.map(person => {
    const chip = document.createElement('button');
    chip.type = 'button';
    chip.className = 'chip';
    chip.textContent = person.name;
    chip.dataset.testid = 'person';
    chip.dataset.person = person.id;
    chip.setAttribute('aria-pressed', ids.includes(person.id));
    chip.addEventListener('click', () => toggle(person.id));
    const item = document.createElement('li');
    item.append(chip);
    return item;
  }));
}

function show() {
  const ids = chosen().filter(id => people.some(person => person.id === id));
  showPeople(ids);
  for (const [id, phone] of phones) {
    if (!ids.includes(id)) {
      phone.element.remove();
      phones.delete(id);
    }
  }

  ids.forEach((id, index) => {
    if (!phones.has(id)) {
      const person = people.find(one => one.id === id);
      phones.set(id, new Phone(person, { close: () => toggle(id), complain, titleOf }));
    }
    const phone = phones.get(id);
    phone.place(index);
    if (byId('phones').children[index] !== phone.element) {
      byId('phones').insertBefore(phone.element, byId('phones').children[index] ?? null);
    }
  });

  byId('empty').hidden = ids.length > 0;
  listen(ids);
}

function listen(ids) {
  events?.close();
  if (!ids.length) {
    return;
  }
  events = new EventSource(`/simulator/api/phones/events?phones=${ids.map(encodeURIComponent).join(',')}`);
  // Sent at each (re)connection: what happened meanwhile is fetched.
  events.addEventListener('ready', () => phones.forEach(phone => phone.load()));
  events.addEventListener('message', event => {
    const news = JSON.parse(event.data);
    phones.get(news.person)?.take(news.number, news.title, news.message);
  });
}

function titleOf(number) {
  const found = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return found ? `(${found[1]}) ${found[2]}-${found[3]}` : number;
}

function complain(text) {
  byId('problem').textContent = text;
  byId('problem').hidden = !text;
}

function offerNumbers() {
  byId('numbers').replaceChildren(...numbers.map(number => {
    const option = document.createElement('option');
    option.value = number.number;
    option.label = number.friendlyName;
    return option;
  }));
}

byId('add-open').addEventListener('click', event => {
  const form = byId('add');
  form.hidden = !form.hidden;
  event.currentTarget.setAttribute('aria-expanded', !form.hidden);
  if (!form.hidden) {
    form.elements.name.focus();
  }
});

byId('add').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.currentTarget;
  const answer = await post('/people', { name: form.elements.name.value, number: form.elements.number.value });
  if (!answer.ok) {
    complain('This person could not be added: check the number.');
    return;
  }
  complain('');
  people = await get('/people');
  form.reset();
  form.hidden = true;
  byId('add-open').setAttribute('aria-expanded', false);
  const ids = chosen();
  choose(ids.includes(answer.body.id) ? ids : [...ids, answer.body.id]);
});

[people, numbers] = await Promise.all([get('/people'), get('/numbers')]);
offerNumbers();
if (!chosen().length && people.length) {
  choose(people.slice(0, 2).map(person => person.id));
} else {
  show();
}
