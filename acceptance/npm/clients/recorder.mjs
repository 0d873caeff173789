/** A fetch that remembers what went over the wire, without secrets. */
export class Recorder {
  /** Lines such as `POST /token 200`. */
  requests = [];

  /** The first `WWW-Authenticate` of a 401. */
  challenge;

  /** The revisions named in messages to the server. */
  versions = new Set();

  fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = new URL(input.url ?? input);
    const method = init?.method ?? input.method ?? 'GET';
    this.requests.push(`${method} ${url.pathname} ${response.status}`);
    const headers = new Headers(init?.headers);
    if (method === 'POST' && headers.has('mcp-protocol-version')) {
      this.versions.add(headers.get('mcp-protocol-version'));
    }
    if (response.status === 401) {
      this.challenge ??= response.headers.get('www-authenticate');
    }
    return response;
  };
}
