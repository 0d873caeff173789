/** A person's browser, as far as signing in needs one: cookies, redirects and forms. */

const MAX_STEPS = 20;

/** What the person types into forms. */
const TYPED = { username: 'octocat', password: 'password' };

/** Cookies by host name; as in real browsers the port makes no difference. */
class CookieJar {
  #byHost = new Map();

  store(url, response) {
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(';').map(part => part.trim());
      const split = pair.indexOf('=');
      const cookies = this.#of(url);
      if (attributes.some(attribute => /^max-age=(0|-\d+)$/i.test(attribute))) {
        cookies.delete(pair.slice(0, split));
      } else {
        cookies.set(pair.slice(0, split), pair.slice(split + 1));
      }
    }
  }

  header(url) {
    return [...this.#of(url)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #of(url) {
    if (!this.#byHost.has(url.hostname)) {
      this.#byHost.set(url.hostname, new Map());
    }
    return this.#byHost.get(url.hostname);
  }
}

export class Browser {
  #cookies = new CookieJar();

  /** The titles of the pages that had a form, in order. */
  pages = [];

  /**
   * Opens an authorization URL, submits every form on the way, and stops where the browser would leave for the
   * client.
   *
   * @returns {Promise<URL>} the client's redirect URI with the answer in its query, not yet requested
   */
  async signIn(authorizationUrl) {
    const start = new URL(authorizationUrl);
    const target = new URL(start.searchParams.get('redirect_uri'));
    let step = { url: start, init: {} };
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      if (leadsTo(target, step.url)) {
        return step.url;
      }
      const response = await this.#open(step);
      const location = response.headers.get('location');
      step =
        location === null
          ? await this.#submit(step.url, response)
          : { url: new URL(location, step.url), init: {} };
    }
    throw new Error(`no answer for the client after ${MAX_STEPS} steps`);
  }

  async #open({ url, init }) {
    const headers = { accept: 'text/html', ...init.headers };
    const cookies = this.#cookies.header(url);
    if (cookies !== '') {
      headers.cookie = cookies;
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    this.#cookies.store(url, response);
    return response;
  }

  async #submit(url, response) {
    const page = await response.text();
    const title = text(/<title>([^<]*)<\/title>/i.exec(page)?.[1] ?? '');
    const form = parseForm(page);
    if (response.status !== 200 || form === undefined) {
      throw new Error(`${url.origin}${url.pathname} answered ${response.status} without a form: ${title}`);
    }
    this.pages.push(title);
    const action = new URL(form.action, url);
    if (form.method === 'get') {
      action.search = form.fields.toString();
      return { url: action, init: {} };
    }
    return { url: action, init: { method: 'POST', body: form.fields, headers: { origin: url.origin } } };
  }
}

function leadsTo(target, url) {
  return url.protocol === target.protocol && url.host === target.host && url.pathname === target.pathname;
}

/** The first form of a page with its hidden fields and the button that says yes. */
function parseForm(page) {
  const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(page);
  if (form === null) {
    return undefined;
  }
  const fields = new URLSearchParams();
  for (const [, attributes] of form[2].matchAll(/<input\b([^>]*)>/gi)) {
    if (/^(hidden|text|password|submit)$/i.test(attribute(attributes, 'type') ?? 'text')) {
      addTo(fields, attributes);
    }
  }
  const buttons = [...form[2].matchAll(/<button\b([^>]*)>/gi)].map(([, attributes]) => attributes);
  const approve = buttons.find(button => attribute(button, 'value') === 'approve') ?? buttons[0];
  if (approve !== undefined) {
    addTo(fields, approve);
  }
  return {
    action: attribute(form[1], 'action') ?? '',
    method: (attribute(form[1], 'method') ?? 'get').toLowerCase(),
    fields
  };
}

function addTo(fields, attributes) {
  const name = attribute(attributes, 'name');
  if (name !== undefined) {
    fields.append(name, TYPED[name] ?? attribute(attributes, 'value') ?? '');
  }
}

function attribute(attributes, name) {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(attributes);
  return match === null ? undefined : text(match[1] ?? match[2] ?? match[3]);
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function text(html) {
  return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hexadecimal, name) =>
    decimal !== undefined
      ? String.fromCodePoint(Number(decimal))
      : hexadecimal !== undefined
        ? String.fromCodePoint(parseInt(hexadecimal, 16))
        : (ENTITIES[name.toLowerCase()] ?? whole)
  );
}
