// The control API, as far as the phones need it.
const root = '/simulator/api';

export async function get(path) {
  const response = await fetch(root + path, { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`The simulator answered ${response.status}`);
  }
  return response.json();
}

export async function post(path, content) {
  const response = await fetch(root + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(content),
  });
  return { ok: response.ok, status: response.status, body: await response.json() };
}

export async function upload(file) {
  const response = await fetch(`${root}/pictures`, {
    method: 'POST',
    headers: { 'Content-Type': file.type },
    body: file,
  });
  return response.ok ? (await response.json()).url : null;
}
