/**
 * A client of an older revision, written with nothing but fetch, through the whole journey.
 *
 *     node raw.mjs SERVER_URL 2025-06-18|2025-03-26
 *
 * Clients of 2025-03-26 know neither protected resource metadata nor `resource`: they use the default paths.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Browser } from './browser.mjs';
import { calculate, useServer } from './journey.mjs';
import { Recorder } from './recorder.mjs';

const [url, revision] = process.argv.slice(2);
const redirectUri = 'http://127.0.0.1:53683/callback';
const recorder = new Recorder();
const browser = new Browser();

async function json(input, init) {
  const response = await recorder.fetch(input, init);
  if (!response.ok) {
    throw new Error(`${input} answered ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

async function defaultPaths() {
  const at = path => new URL(path, url).href;
  return {
    authorization_endpoint: at('/authorize'),
    token_endpoint: at('/token'),
    registration_endpoint: at('/register')
  };
}

async function discover() {
  const unauthorized = await post({ id: 1, method: 'tools/list', params: {} });
  const metadataUrl = /resource_metadata="([^"]+)"/.exec(unauthorized.headers.get('www-authenticate'))[1];
  const resource = await json(metadataUrl);
  const issuer = resource.authorization_servers[0];
  return {
    ...(await json(new URL('/.well-known/oauth-authorization-server', issuer))),
    resource: resource.resource
  };
}

async function signIn(server) {
  const { client_id } = await json(server.registration_endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: `raw ${revision}`,
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none'
    })
  });
  const verifier = randomBytes(32).toString('base64url');
  const authorizationUrl = new URL(server.authorization_endpoint);
  authorizationUrl.search = new URLSearchParams({
    response_type: 'code',
    client_id,
    redirect_uri: redirectUri,
    state: 'kept as it is: /?&=+%20',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(server.resource && { resource: server.resource })
  });
  const callback = await browser.signIn(authorizationUrl);
  const tokens = await token(server, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code'),
    code_verifier: verifier,
    redirect_uri: redirectUri,
    client_id
  });
  return { client_id, callback, tokens };
}

function token(server, parameters) {
  const resource = server.resource && { resource: server.resource };
  return json(server.token_endpoint, { method: 'POST', body: new URLSearchParams({ ...parameters, ...resource }) });
}

/** A POST of one message to the server. */
function post(message, { accessToken, session } = {}) {
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
  if (accessToken !== undefined) {
    headers.authorization = `Bearer ${accessToken}`;
  }
  if (revision !== '2025-03-26' && message.method !== 'initialize') {
    headers['mcp-protocol-version'] = revision;
  }
  if (session) {
    headers['mcp-session-id'] = session;
  }
  return recorder.fetch(url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
}

/** The few calls of the SDKs' clients that the journey makes. */
class RawClient {
  #accessToken;
  #session;
  #id = 0;

  constructor(accessToken) {
    this.#accessToken = accessToken;
  }

  async initialize() {
    const clientInfo = { name: `raw ${revision}`, version: '1.0.0' };
    const { protocolVersion } = await this.#call('initialize', {
      protocolVersion: revision,
      capabilities: {},
      clientInfo
    });
    const notified = await this.#post({ method: 'notifications/initialized' });
    return { protocolVersion, initialized: notified.status };
  }

  listTools() {
    return this.#call('tools/list', {});
  }

  callTool(params) {
    return this.#call('tools/call', params);
  }

  listResourceTemplates() {
    return this.#call('resources/templates/list', {});
  }

  readResource(params) {
    return this.#call('resources/read', params);
  }

  async #call(method, params) {
    const response = await this.#post({ id: ++this.#id, method, params });
    const { result, error } = JSON.parse(messageIn(response, await response.text()));
    if (error !== undefined) {
      throw new Error(`${method} answered ${response.status}: ${JSON.stringify(error)}`);
    }
    this.#session ??= response.headers.get('mcp-session-id');
    return result;
  }

  #post(message) {
    return post(message, { accessToken: this.#accessToken, session: this.#session });
  }
}

function messageIn(response, body) {
  return response.headers.get('content-type').startsWith('text/event-stream')
    ? body
        .split('\n')
        .findLast(line => line.startsWith('data:'))
        .slice('data:'.length)
    : body;
}

const server = revision === '2025-03-26' ? await defaultPaths() : await discover();
const { client_id, callback, tokens } = await signIn(server);
const client = new RawClient(tokens.access_token);
const initialized = await client.initialize();
const seen = await useServer(client);
const refreshed = await token(server, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id });
const again = new RawClient(refreshed.access_token);
await again.initialize();
const product = (await calculate(again, 'multiply', 6, 7)).structuredContent;

console.log(
  JSON.stringify({
    client: `raw-${revision}`,
    challenge: recorder.challenge,
    state: callback.searchParams.get('state'),
    iss: callback.searchParams.get('iss'),
    pages: browser.pages,
    ...initialized,
    token: { type: tokens.token_type, scope: tokens.scope, expiresIn: tokens.expires_in },
    ...seen,
    refreshed: {
      product,
      accessTokenChanged: refreshed.access_token !== tokens.access_token,
      refreshTokenChanged: refreshed.refresh_token !== tokens.refresh_token
    },
    requests: recorder.requests
  })
);
