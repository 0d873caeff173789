/** What a request of 2026-07-28 has to have: its `_meta`, and header fields that agree with it. */

const REVISION = '2026-07-28';
const META = 'io.modelcontextprotocol/';
const NAMED_BY = {
  'tools/call': 'name',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId'
};

/** An error of JSON-RPC, and the status that goes with it. */
export class Refusal extends Error {
  constructor(status, code, message, data) {
    super(message);
    Object.assign(this, { status, code, data });
  }
}

/** The method, its parameters, and what the client can do. */
export function checked({ method, params = {} }, headers) {
  const version = params._meta?.[`${META}protocolVersion`];
  const client = params._meta?.[`${META}clientCapabilities`];
  if (version === undefined || client === undefined) {
    throw new Refusal(400, -32602, '_meta has no protocol version or no client capabilities');
  }
  agrees('MCP-Protocol-Version', headers, version);
  if (version !== REVISION) {
    throw new Refusal(400, -32022, 'unsupported version', { supported: [REVISION], requested: version });
  }
  agrees('Mcp-Method', headers, method);
  if (NAMED_BY[method] !== undefined) {
    agrees('Mcp-Name', headers, params[NAMED_BY[method]]);
  }
  return { method, params, client };
}

function agrees(name, headers, value) {
  const field = headers[name.toLowerCase()]?.trim();
  const encoded = /^=\?base64\?(.*)\?=$/.exec(field ?? '');
  const said = encoded === null ? field : Buffer.from(encoded[1], 'base64').toString();
  if (said !== value) {
    throw new Refusal(400, -32020, `${name} is ${said}, not ${value}`);
  }
}
