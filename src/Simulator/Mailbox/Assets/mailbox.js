// The mailbox page. What a mail says goes into the page as text; its HTML only into a sandboxed frame.
import { get } from '/phones/api.js';

const byId = id => document.getElementById(id);
const everyMs = 2000;
const mails = [];
let asText = false;
let shown;

const timeOf = mail => new Date(mail.receivedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

function line(mail) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'line';
  button.dataset.testid = 'line';
  const subject = document.createElement('span');
  subject.className = 'subject';
  subject.textContent = mail.subject;
  const time = document.createElement('time');
  time.dateTime = mail.receivedAt;
  time.textContent = timeOf(mail);
  button.append(subject, time);
  button.addEventListener('click', () => { location.hash = mail.id; });
  const item = document.createElement('li');
  item.dataset.mail = mail.id;
  item.append(button);
  return item;
}

function show() {
  const mail = mails.find(one => one.id === location.hash.slice(1));
  document.body.classList.toggle('reading', Boolean(mail));
  byId('mail').hidden = !mail;
  for (const item of byId('mails').children) {
    item.firstChild.setAttribute('aria-current', item.dataset.mail === mail?.id);
  }
  if (!mail || shown === mail.id) {
    shown = mail?.id;
    return;
  }
  shown = mail.id;
  byId('subject').textContent = mail.subject;
  byId('from').textContent = mail.from;
  byId('to').textContent = mail.to.join(', ');
  byId('received').textContent = timeOf(mail);
  byId('text').textContent = mail.text ?? '';
  byId('html').src = `/mailbox/mails/${mail.id}/html`;
  view(asText || !mail.html);
  byId('mail').focus();
}

function view(text) {
  byId('text').hidden = !text;
  byId('html').hidden = text;
  byId('as-text').setAttribute('aria-pressed', text);
  byId('as-html').setAttribute('aria-pressed', !text);
}

async function look() {
  try {
    const last = mails.length ? mails[mails.length - 1].sequence : 0;
    for (const mail of await get(`/mails?after=${last}`)) {
      mails.push(mail);
      byId('mails').prepend(line(mail));
    }
    byId('problem').hidden = true;
  } catch {
    byId('problem').textContent = 'The simulator does not answer.';
    byId('problem').hidden = false;
  }
  byId('empty').hidden = mails.length > 0;
}

byId('as-html').addEventListener('click', () => { asText = false; view(false); });
byId('as-text').addEventListener('click', () => { asText = true; view(true); });
byId('back').addEventListener('click', () => { history.replaceState(null, '', location.pathname); show(); });
addEventListener('hashchange', show);

await look();
if (!location.hash && mails.length && matchMedia('(min-width: 48rem)').matches) {
  history.replaceState(null, '', `#${mails[mails.length - 1].id}`);
}
show();
setInterval(async () => { await look(); show(); }, everyMs);
