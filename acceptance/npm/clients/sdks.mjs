/** The two generations of the TypeScript SDK behind one face. */
import * as v2 from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as typesV1 from '@modelcontextprotocol/sdk/types.js';

const CAPABILITIES = { sampling: {}, elicitation: { form: {} }, roots: {} };

/** What this client is asked by servers, and what it answers. */
const ANSWERS = {
  'sampling/createMessage': ({ messages }) => ({
    model: 'model-of-the-test',
    role: 'assistant',
    content: { type: 'text', text: `An answer to: ${messages.at(-1).content.text}` }
  }),
  'elicitation/create': ({ requestedSchema }) => ({ action: 'accept', content: filled(requestedSchema) }),
  'roots/list': () => ({ roots: [{ uri: 'file:///home/alice', name: 'Home' }] })
};

const SCHEMAS_V1 = {
  'sampling/createMessage': typesV1.CreateMessageRequestSchema,
  'elicitation/create': typesV1.ElicitRequestSchema,
  'roots/list': typesV1.ListRootsRequestSchema,
  'notifications/message': typesV1.LoggingMessageNotificationSchema,
  'notifications/resources/updated': typesV1.ResourceUpdatedNotificationSchema,
  'notifications/tools/list_changed': typesV1.ToolListChangedNotificationSchema
};

export const firstGeneration = {
  name: 'sdk-v1',
  transport: (url, options) => new TransportV1(new URL(url), options),
  client: () => prepared(new ClientV1(info('sdk-v1'), { capabilities: CAPABILITIES }), method => SCHEMAS_V1[method]),
  call: (client, parameters, options) => client.callTool(parameters, undefined, options),
  finish: (transport, callback) => transport.finishAuth(callback.searchParams.get('code'))
};

export const secondGeneration = mode => ({
  name: `sdk-v2-${mode}`,
  transport: (url, options) => new v2.StreamableHTTPClientTransport(new URL(url), options),
  client: () =>
    prepared(
      new v2.Client(info('sdk-v2'), { capabilities: CAPABILITIES, versionNegotiation: { mode } }),
      method => method
    ),
  call: (client, parameters, options) => client.callTool(parameters, options),
  finish: (transport, callback) => transport.finishAuth(callback.searchParams)
});

/** Answers what servers ask, and keeps what they tell. */
function prepared(client, named) {
  for (const [method, answer] of Object.entries(ANSWERS)) {
    client.setRequestHandler(named(method), ({ params }) => answer(params ?? {}));
  }
  const heard = new Heard();
  for (const method of ['notifications/message', 'notifications/resources/updated', 'notifications/tools/list_changed']) {
    client.setNotificationHandler(named(method), notification => heard.add(method, notification.params));
  }
  return { client, heard };
}

/** Notifications, to be waited for. */
class Heard {
  #all = [];
  #waiting = [];

  add(method, params) {
    this.#all.push({ method, params: params ?? {} });
    this.#waiting.splice(0).forEach(wake => wake());
  }

  of(method) {
    return this.#all.filter(each => each.method === method).map(each => each.params);
  }

  async first(method, fits = () => true) {
    for (;;) {
      const found = this.of(method).find(fits);
      if (found !== undefined) {
        return found;
      }
      await new Promise(wake => this.#waiting.push(wake));
    }
  }
}

function info(name) {
  return { name, version: '1.0.0' };
}

/** A form, filled in with what it suggests. */
function filled({ properties, required = [] }) {
  const value = schema => schema.default ?? schema.enum?.[0] ?? schema.oneOf?.[0].const ?? PLAIN[schema.type];
  return Object.fromEntries(required.map(name => [name, value(properties[name])]));
}

const PLAIN = { string: 'Alice', boolean: true, integer: 7, number: 7.5, array: [] };
