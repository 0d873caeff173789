// wrk as the source of load: one MCP request, again and again.
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

export function demandWrk() {
  if (spawnSync('wrk', ['-v']).error) {
    throw new Error('wrk is missing: install it (Debian: apt-get install wrk)');
  }
}

/** The head and body of a request of the modern era. */
export function modern(token, method, name, parameters = {}) {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method,
    params: {
      ...(name && { name, arguments: {} }),
      ...parameters,
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  });
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': '2026-07-28',
    'Mcp-Method': method,
    ...(name && { 'Mcp-Name': name }),
  };
  return { headers, body };
}

/** A script for wrk that sends a request. */
export function script(file, { headers, body }) {
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`);
  writeFileSync(file, `wrk.method = "POST"\nwrk.body = [[${body}]]\n${lines.join('\n')}\n`);
  return file;
}

/** How many requests were answered with success, and how many were not. */
export async function wrk(url, file, connections, seconds) {
  const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', file, url]);
  let output = '';
  child.stdout.on('data', (piece) => (output += piece));
  await new Promise((resolve) => child.on('close', resolve));
  const done = Number(/(\d+) requests in/.exec(output)[1]);
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? 0);
  const broken = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output)?.slice(1).map(Number) ?? [];
  return { done: done - refused, failed: refused + broken.reduce((a, b) => a + b, 0) };
}
