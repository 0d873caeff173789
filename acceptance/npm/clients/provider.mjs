import { randomUUID } from 'node:crypto';
import { Browser } from './browser.mjs';

/** What an application keeps for the SDKs' OAuth: in memory, with a browser of its own. */
export class MemoryProvider {
  redirectUrl = 'http://127.0.0.1:53682/callback';
  clientMetadata;
  browser = new Browser();

  /** The authorization URL that the SDK made. */
  authorizationUrl;

  /** Where the browser came back to. */
  callback;

  #state = randomUUID();
  #client;
  #tokens;
  #verifier;
  #discovery;

  constructor(name) {
    this.clientMetadata = {
      client_name: name,
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none'
    };
  }

  state() {
    return this.#state;
  }

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client) {
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens) {
    this.#tokens = tokens;
  }

  codeVerifier() {
    return this.#verifier;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  saveDiscoveryState(state) {
    this.#discovery = state;
  }

  discoveryState() {
    return this.#discovery;
  }

  async redirectToAuthorization(url) {
    this.authorizationUrl = url;
    this.callback = await this.browser.signIn(url);
    if (this.callback.searchParams.get('state') !== this.#state) {
      throw new Error('the state that came back is not the one that was sent');
    }
  }

  /** Makes the next call meet a 401, so that the SDK has to refresh. */
  spoilAccessToken() {
    this.#tokens = { ...this.#tokens, access_token: `${this.#tokens.access_token}x` };
  }
}
