// Keeps the page up to date: when the console says that something happened, the page is fetched again and the regions
// that differ are replaced. What is typed stays, and focus stays on the link it was on.
const badge = document.getElementById("live");
const words = document.getElementById("live-words");
const pause = document.getElementById("live-pause");
const retryAfter = 5000;

let source = null;
let paused = false;
let fetching = false;
let again = false;
let opened = false;

function say(state, text) {
    badge.dataset.state = state;
    if (words.textContent !== text) {
        words.textContent = text;
    }
}

function sameLink(region, before) {
    const links = [...region.querySelectorAll("a[href], button")];
    return links.find(link => link.href === before.href && link.textContent === before.text);
}

function replace(region, fresh) {
    if (region.innerHTML === fresh.innerHTML) {
        return;
    }

    const active = document.activeElement;
    const before = region.contains(active) ? { href: active.href, text: active.textContent } : null;
    region.replaceChildren(...document.adoptNode(fresh).childNodes);
    if (before) {
        sameLink(region, before)?.focus({ preventScroll: true });
    }
}

async function refresh() {
    if (paused || document.hidden) {
        return;
    }

    if (fetching) {
        again = true;
        return;
    }

    fetching = true;
    try {
        const response = await fetch(location.href);
        if (response.redirected) {
            // Signed out: the browser shows what the console has to say.
            location.reload();
            return;
        }

        if (!response.ok) {
            say("off", "Could not update");
            return;
        }

        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        for (const region of document.querySelectorAll("[data-live-region]")) {
            const fresh = page.getElementById(region.id);
            if (fresh) {
                replace(region, fresh);
            }
        }

        say("on", `Updated ${new Date().toISOString().slice(11, 19)} UTC`);
    } catch {
        say("off", "Connection lost, trying again");
    } finally {
        fetching = false;
        if (again) {
            again = false;
            refresh();
        }
    }
}

function connect() {
    if (source || paused || document.hidden) {
        return;
    }

    source = new EventSource("/live");
    source.addEventListener("changed", refresh);
    source.addEventListener("open", () => {
        say("on", "Live");
        if (opened) {
            refresh();
        }

        opened = true;
    });
    source.addEventListener("error", () => {
        say("off", "Connection lost, trying again");
        if (source?.readyState === EventSource.CLOSED) {
            disconnect();
            setTimeout(connect, retryAfter);
        }
    });
}

function disconnect() {
    source?.close();
    source = null;
}

if (badge) {
    pause.hidden = false;
    pause.addEventListener("click", () => {
        paused = !paused;
        pause.setAttribute("aria-pressed", String(paused));
        if (paused) {
            disconnect();
            say("paused", "Updates paused");
        } else {
            connect();
        }
    });

    // A browser opens only a few connections to one address: pages that nobody sees give theirs up.
    document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
    window.addEventListener("pagehide", disconnect);
    window.addEventListener("pageshow", connect);
    connect();
}
