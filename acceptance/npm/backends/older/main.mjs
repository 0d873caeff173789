/**
 * A backend as many are in the field: it settles on 2024-11-05 whatever the client asks for, insists on both types in
 * `Accept`, answers calls with streams, keeps the events of all sessions in one store, and says everything that it does
 * not like with 400 and an error for no request.
 *
 *     node backends/older/main.mjs [PORT]
 *
 * Prints its URL. It knows no tokens and answers on loopback only.
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { gzipSync } from 'node:zlib';

const VERSION = '2024-11-05';
const TOOLS = ['hello', 'compressed', 'silent', 'forget'].map(name => ({
  name,
  inputSchema: { type: 'object' },
  annotations: { readOnlyHint: true }
}));

const sessions = new Set();

function refuse(response, status, message) {
  json(response, status, { jsonrpc: '2.0', error: { code: -32000, message }, id: null });
}

function json(response, status, content, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(content));
}

function serve(request, response, message) {
  const accept = request.headers.accept ?? '';
  if (!accept.includes('application/json') || !accept.includes('text/event-stream')) {
    return refuse(response, 406, 'Not Acceptable: Client must accept both types');
  }
  if (message.method === 'initialize') {
    const id = randomUUID();
    sessions.add(id);
    const result = { protocolVersion: VERSION, capabilities: { tools: {} }, serverInfo: { name: 'older', version: '1' } };
    return json(response, 200, { jsonrpc: '2.0', id: message.id, result }, { 'mcp-session-id': id });
  }
  const session = request.headers['mcp-session-id'];
  if (session === undefined) {
    return refuse(response, 400, 'Bad Request: Server not initialized');
  }
  if (!sessions.has(session)) {
    return refuse(response, 400, 'Bad Request: No valid session ID provided');
  }
  if (request.headers['mcp-protocol-version'] !== VERSION) {
    return refuse(response, 400, 'Bad Request: Unsupported protocol version');
  }
  if (message.id === undefined) {
    return response.writeHead(202).end();
  }
  return answer(response, message);
}

function answer(response, { id, method, params }) {
  if (method === 'tools/list') {
    return json(response, 200, { jsonrpc: '2.0', id, result: { tools: TOOLS } });
  }
  if (method !== 'tools/call') {
    return json(response, 200, { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } });
  }
  const reply = { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: `from ${params.name}` }] } };
  if (params.name === 'compressed') {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    return response.writeHead(200, headers).end(gzipSync(JSON.stringify(reply)));
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (params.name === 'silent') {
    return response.end(': that was all\n\n');
  }
  if (params.name === 'forget') {
    sessions.clear();
  }
  return response.end(`event: message\ndata: ${JSON.stringify(reply)}\n\n`);
}

const server = http.createServer((request, response) => {
  if (request.method !== 'POST') {
    return response.writeHead(405, { allow: 'POST' }).end();
  }
  let content = '';
  request.setEncoding('utf8').on('data', piece => (content += piece));
  return request.on('end', () => serve(request, response, JSON.parse(content)));
});
server.listen(Number(process.argv[2]) || 0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}/mcp`)
);
