// A client of Ostiary for the load programs: registers, signs a person in, refreshes, over plain HTTP.
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';

const REDIRECT = 'http://127.0.0.1:18999/callback';

export class Client {
  #origin;
  #agent;
  #path;

  constructor(origin, connections = 1, path = '/mcp') {
    this.#origin = origin;
    this.#path = path;
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  async register() {
    const reply = await this.#request('POST', `${this.#origin}/register`, {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ client_name: 'bench', redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' }),
    });
    return JSON.parse(reply.body).client_id;
  }

  /** The whole journey: authorize, consent, GitHub (simulated), callback, token. */
  async signIn(client, scope) {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client,
      redirect_uri: REDIRECT,
      resource: this.#origin + this.#path,
      state: randomBytes(8).toString('hex'),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    if (scope) query.set('scope', scope);
    const jar = new Map();
    const page = await this.#request('GET', `${this.#origin}/authorize?${query}`, { jar });
    const form = new URLSearchParams({ decision: 'approve' });
    for (const [input] of page.body.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      form.set(/name="([^"]*)"/.exec(input)[1], /value="([^"]*)"/.exec(input)[1].replaceAll('&amp;', '&'));
    }
    let reply = await this.#request('POST', `${this.#origin}/consent`, {
      jar,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    while (reply.location && !reply.location.startsWith(REDIRECT)) {
      reply = await this.#request('GET', new URL(reply.location, reply.url).href, { jar });
    }
    if (!reply.location) throw new Error(`the sign-in ended with status ${reply.status}`);
    const code = new URL(reply.location).searchParams.get('code');
    return this.#token({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: REDIRECT, client_id: client });
  }

  refresh(client, tokens) {
    return this.#token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: client });
  }

  async #token(parameters) {
    const reply = await this.#request('POST', `${this.#origin}/token`, {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(parameters).toString(),
    });
    if (reply.status !== 200) throw new Error(`the token endpoint answered ${reply.status}`);
    return JSON.parse(reply.body);
  }

  #request(method, url, { headers = {}, body, jar = new Map() } = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const options = { method, agent: this.#agent, headers: cookie ? { ...headers, Cookie: cookie } : headers };
    return new Promise((resolve, reject) => {
      const outgoing = http.request(url, options, (incoming) => {
        for (const line of incoming.headers['set-cookie'] ?? []) {
          const [name, value] = line.split(';')[0].split(/=(.*)/s);
          if (/max-age=0/i.test(line)) jar.delete(name);
          else jar.set(name, value);
        }
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (piece) => (text += piece));
        incoming.on('end', () => resolve({ status: incoming.statusCode, location: incoming.headers.location, body: text, url }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}
