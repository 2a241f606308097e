// Keeps the page up to date: when the console says that something happened, the page is fetched again and the regions
// are changed where they differ. What is typed, chosen or opened stays, and focus stays on what it was on.
const badge = document.getElementById("live");
const words = document.getElementById("live-words");
const time = document.getElementById("live-time");
const pause = document.getElementById("live-pause");
const retryAfter = 5000;
const agoEvery = 15000;

const shownAt = Date.now();

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

    if (state !== "on") {
        time.textContent = "";
    }
}

// Rows and everything with an id are the same thing before and after; the rest is matched by its place.
function keyOf(node) {
    return node.dataset?.row ?? (node.id || null);
}

function sameKind(node, fresh) {
    return node.nodeType === fresh.nodeType && node.nodeName === fresh.nodeName;
}

function patchAttributes(node, fresh) {
    for (const name of node.getAttributeNames()) {
        // What the reader opened stays open.
        if (!fresh.hasAttribute(name) && name !== "open") {
            node.removeAttribute(name);
        }
    }

    for (const name of fresh.getAttributeNames()) {
        if (node.getAttribute(name) !== fresh.getAttribute(name)) {
            node.setAttribute(name, fresh.getAttribute(name));
        }
    }
}

function patch(node, fresh) {
    if (node.nodeType !== Node.ELEMENT_NODE) {
        if (node.nodeValue !== fresh.nodeValue) {
            node.nodeValue = fresh.nodeValue;
        }
    } else if (node.matches("select") && node.value !== "") {
        // What was chosen but not sent stays.
    } else if (!node.matches("input, textarea")) {
        patchAttributes(node, fresh);
        patchChildren(node, fresh);
    }
}

function patchChildren(parent, fresh) {
    const keyed = new Map([...parent.children].filter(keyOf).map(child => [keyOf(child), child]));
    let place = parent.firstChild;
    for (const wanted of [...fresh.childNodes]) {
        const key = keyOf(wanted);
        const match = key ? keyed.get(key) : place && !keyOf(place) ? place : null;
        if (match && sameKind(match, wanted)) {
            patch(match, wanted);
            if (match === place) {
                place = place.nextSibling;
            } else {
                parent.insertBefore(match, place);
            }
        } else {
            parent.insertBefore(document.adoptNode(wanted), place);
        }
    }

    while (place) {
        const next = place.nextSibling;
        place.remove();
        place = next;
    }
}

function replace(region, fresh) {
    const active = document.activeElement;
    const within = region.contains(active) && active !== region;
    patchChildren(region, fresh);
    if (within && document.activeElement !== active) {
        if (active.isConnected) {
            active.focus({ preventScroll: true });
        } else {
            // What had focus is gone: the reader goes on where it was, not at the top of the page.
            region.tabIndex = -1;
            region.focus({ preventScroll: true });
        }
    }
}

// By the console's clock, which wrote the times of this page: the reader's may be wrong.
function now() {
    return Number(badge.dataset.now) + Date.now() - shownAt;
}

// The words of Moment.razor, kept true on a page that stays open.
function sayHowLongAgo() {
    for (const element of document.querySelectorAll(".moment")) {
        const distance = Date.parse(element.querySelector("time").dateTime) - now();
        const minutes = Math.floor(Math.abs(distance) / 60000);
        const hours = Math.floor(minutes / 60);
        const size = minutes < 60 ? `${minutes} min` : hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
        const text = minutes === 0 ? "just now" : distance > 0 ? `in ${size}` : `${size} ago`;
        const hint = element.querySelector(".hint");
        if (hint.textContent !== text) {
            hint.textContent = text;
        }
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

        say("on", "Live");
        time.textContent = `updated ${new Date(now()).toISOString().slice(11, 19)} UTC`;
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
    setInterval(sayHowLongAgo, agoEvery);
}

// A page that shows nothing that changes asks for nothing.
if (badge && document.querySelector("[data-live-region]")) {
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
