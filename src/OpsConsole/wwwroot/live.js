// Keeps the page up to date: when the console says that something happened, the page is fetched again and the regions
// are changed where they differ. What is typed, chosen or opened stays, and focus stays on what it was on.
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
