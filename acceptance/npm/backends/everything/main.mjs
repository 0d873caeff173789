/**
 * `@modelcontextprotocol/server-everything` over Streamable HTTP, at a free port.
 *
 *     node backends/everything/main.mjs [PORT]
 *
 * Prints its URL when it answers. It serves the older revisions, with sessions.
 */
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const port = Number(process.argv[2]) || (await freePort());
process.env.PORT = String(port);
await import('@modelcontextprotocol/server-everything/dist/transports/streamableHttp.js');
while (!(await listens())) {
  await pause(20);
}
console.log(`http://127.0.0.1:${port}/mcp`);

function freePort() {
  return new Promise(resolve => {
    const probe = net.createServer().listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function listens() {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}
