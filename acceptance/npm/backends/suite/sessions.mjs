import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { isInitializeRequest } from '@modelcontextprotocol/server';
import { randomUUID } from 'node:crypto';

const RETRY_MILLISECONDS = 500;

/** The sessions of the older revisions, each with a server and a memory of its streams' events. */
export class Sessions {
  #transports = new Map();
  #build;

  constructor(build) {
    this.#build = build;
  }

  async handle(request, response, message) {
    const id = request.headers['mcp-session-id'];
    const transport = this.#transports.get(id);
    if (transport !== undefined) {
      return transport.handleRequest(request, response, message);
    }
    if (id !== undefined) {
      return refuse(response, 404, 'Session not found');
    }
    if (!isInitializeRequest(message)) {
      return refuse(response, 400, 'Mcp-Session-Id is missing');
    }
    return (await this.#start()).handleRequest(request, response, message);
  }

  async #start() {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: new Events(),
      retryInterval: RETRY_MILLISECONDS,
      onsessioninitialized: id => this.#transports.set(id, transport)
    });
    transport.onclose = () => this.#transports.delete(transport.sessionId);
    await this.#build().connect(transport);
    return transport;
  }
}

/** What a session's streams carried, so that a client can come back for the rest. */
class Events {
  #events = [];

  async storeEvent(stream, message) {
    this.#events.push({ stream, message });
    return `${stream}:${this.#events.length}`;
  }

  async getStreamIdForEventId(id) {
    return this.#events[position(id) - 1]?.stream;
  }

  async replayEventsAfter(last, { send }) {
    const seen = position(last);
    const { stream } = this.#events[seen - 1];
    for (const [index, event] of this.#events.entries()) {
      const primes = Object.keys(event.message).length === 0;
      if (index >= seen && event.stream === stream && !primes) {
        await send(`${stream}:${index + 1}`, event.message);
      }
    }
    return stream;
  }
}

function position(id) {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}

function refuse(response, status, message) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }));
}
