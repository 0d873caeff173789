// A small MCP server of one era for bridge.mjs: over its standard streams, or over HTTP at a port.
//
//   node bench/echo.mjs legacy|modern [PORT]
import http from 'node:http';
import { createInterface } from 'node:readline';

const [era, port] = process.argv.slice(2);
const INFO = { name: 'echo', version: '1' };
const TOOLS = { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] };
const CAPABILITIES = { tools: {} };

function result(method) {
  const stamp = era === 'modern' ? { resultType: 'complete' } : {};
  const kept = era === 'modern' ? { ttlMs: 0, cacheScope: 'private' } : {};
  switch (method) {
    case 'initialize':
      return era === 'legacy' && { protocolVersion: '2025-11-25', capabilities: CAPABILITIES, serverInfo: INFO };
    case 'server/discover':
      return era === 'modern' && { supportedVersions: ['2026-07-28'], capabilities: CAPABILITIES, ...stamp, ...kept };
    case 'tools/list':
      return { ...TOOLS, ...stamp, ...kept };
    case 'tools/call':
      return { content: [{ type: 'text', text: 'x'.repeat(200) }], ...stamp };
  }
}

function answer({ id, method }) {
  const found = result(method);
  return JSON.stringify(
    found ? { jsonrpc: '2.0', id, result: found } : { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } },
  );
}

if (port) {
  http
    .createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += piece));
      request.on('end', () => {
        if (request.method !== 'POST') return response.writeHead(405).end();
        const message = JSON.parse(body);
        if (message.id === undefined) return response.writeHead(202).end();
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer(message));
      });
    })
    .listen(Number(port), '127.0.0.1');
} else {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.id !== undefined) process.stdout.write(answer(message) + '\n');
  });
}
