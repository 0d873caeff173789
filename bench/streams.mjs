// Server-sent events through a proxy: many streams on plain sockets, as cheap for the measuring side as can be.
import net from 'node:net';

/** Whole numbers only: an event may be cut on its way. */
const EVENT = /"progress":(\d+)}/g;

/** Opens streams; resolves when each has its first event. */
export function open(url, { headers, body }, count, onEvent = () => {}) {
  const { hostname, port, pathname } = new URL(url);
  const lines = Object.entries({ Host: `${hostname}:${port}`, ...headers, 'Content-Length': Buffer.byteLength(body) });
  const request = `POST ${pathname} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
  const sockets = [];
  const one = () =>
    new Promise((resolve, reject) => {
      const socket = net.connect(port, hostname, () => socket.write(request));
      let seen = '';
      socket.setEncoding('latin1');
      socket.on('data', (text) => {
        if (resolve) {
          seen += text;
          if (seen.startsWith('HTTP/1.1 200') ? !seen.includes('data: ') : !seen.includes('\r\n\r\n')) return;
          if (!seen.startsWith('HTTP/1.1 200')) return reject(new Error(seen.split('\r\n')[0]));
          resolve();
          resolve = undefined;
        }
        onEvent(text);
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('a stream was closed')));
      sockets.push(socket);
    });
  return { ready: inTurns(count, one), close: () => sockets.forEach((socket) => socket.destroy()), sockets };
}

/** Some at a time, so that no backlog overflows. */
async function inTurns(count, one) {
  let begun = 0;
  await Promise.all(
    Array.from({ length: Math.min(count, 64) }, async () => {
      while (begun++ < count) await one();
    }),
  );
}

/** How many milliseconds each event took from the backend to here; both sides read the machine's monotonic clock. */
export async function latencies(url, request, count, seconds) {
  const found = [];
  let counting = false;
  const streams = open(url, request, count, (text) => {
    if (!counting) return;
    const now = process.hrtime.bigint();
    for (const [, sent] of text.matchAll(EVENT)) found.push(Number(now - BigInt(sent)) / 1e6);
  });
  await streams.ready;
  counting = true;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  streams.close();
  return found.sort((a, b) => a - b);
}

export function percentile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
