/**
 * The same backend over the transport of 2024-11-05 (HTTP+SSE), in the legacy era.
 *
 *     node backends/suite/sse.mjs [PORT]
 *
 * Prints the URL of its stream.
 */
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import http from 'node:http';
import { build } from './server.mjs';

const transports = new Map();

async function serve(request, response) {
  const url = new URL(request.url, 'http://localhost');
  if (request.method === 'GET' && url.pathname === '/sse') {
    const transport = new SSEServerTransport('/messages', response);
    transports.set(transport.sessionId, transport);
    response.on('close', () => transports.delete(transport.sessionId));
    await build('legacy').connect(transport);
    return;
  }
  const transport = transports.get(url.searchParams.get('sessionId'));
  if (request.method === 'POST' && url.pathname === '/messages' && transport !== undefined) {
    await transport.handlePostMessage(request, response);
  } else {
    response.writeHead(404).end();
  }
}

const listener = http.createServer((request, response) => {
  serve(request, response).catch(error => {
    console.error(error);
    response.destroy();
  });
});
listener.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${listener.address().port}/sse`));
