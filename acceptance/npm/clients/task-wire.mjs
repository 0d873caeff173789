const META = 'io.modelcontextprotocol/';
const EXTENSION = `${META}tasks`;

/** Messages about tasks as they are on the wire, which the SDK's client does not send. */
export class TaskWire {
  #url;
  #modern;
  #accessToken;
  #session;
  #id = 1000;

  constructor(url, era, accessToken, session) {
    this.#url = url;
    this.#modern = era === 'modern';
    this.#accessToken = accessToken;
    this.#session = session;
  }

  /** A request of `ext-tasks`, which has its own `_meta`; answered in the words of that package. */
  async dispatch({ method, params }) {
    const { result, error } = await this.#read(await this.#post(method, params));
    return error === undefined ? { kind: 'result', result } : { kind: 'error', error };
  }

  /** A request of ours, as it is answered. */
  async send(method, params) {
    return this.#read(await this.#post(method, this.#framed(params)));
  }

  /** Begins a task and leaves it alone; returns its id. */
  async begin(name, args) {
    const { result } = await this.send('tools/call', { name, arguments: args, ...(!this.#modern && { task: {} }) });
    return result.taskId ?? result.task.taskId;
  }

  /** Listens to one task, which is possible in the modern era only. */
  async listen(taskId) {
    if (!this.#modern) {
      return undefined;
    }
    const response = await this.#post('subscriptions/listen', this.#framed({ notifications: { taskIds: [taskId] } }));
    const messages = events(response);
    return {
      acknowledged: async () => (await messages.next()).value.params.notifications.taskIds ?? [],
      until: async fits => {
        for await (const { method, params } of messages) {
          if (method === 'notifications/tasks' && fits(params)) {
            return params;
          }
        }
        throw new Error('the stream has ended');
      }
    };
  }

  #framed(params) {
    if (!this.#modern) {
      return params;
    }
    const clientCapabilities = { extensions: { [EXTENSION]: {} } };
    return {
      ...params,
      _meta: { [`${META}protocolVersion`]: '2026-07-28', [`${META}clientCapabilities`]: clientCapabilities }
    };
  }

  #post(method, params) {
    const name = params.taskId ?? params.name;
    const headers = {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${this.#accessToken}`,
      'mcp-protocol-version': this.#modern ? '2026-07-28' : '2025-11-25',
      ...(this.#modern && { 'mcp-method': method, ...(name && { 'mcp-name': name }) }),
      ...(this.#session && { 'mcp-session-id': this.#session })
    };
    const body = JSON.stringify({ jsonrpc: '2.0', id: this.#id++, method, params });
    return fetch(this.#url, { method: 'POST', headers, body });
  }

  async #read(response) {
    if (!response.headers.get('content-type').startsWith('text/event-stream')) {
      return response.json();
    }
    for await (const message of events(response)) {
      if (message.id !== undefined && message.method === undefined) {
        return message;
      }
    }
    throw new Error('the stream has ended without an answer');
  }
}

/** The messages of an event stream, one by one. */
async function* events(response) {
  let read = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    read += part;
    const all = read.split('\n\n');
    read = all.pop();
    for (const event of all) {
      const data = event.split('\n').find(line => line.startsWith('data:'));
      if (data !== undefined && data.length > 'data: '.length) {
        yield JSON.parse(data.slice('data:'.length));
      }
    }
  }
}
