/**
 * Adds an access token to every request, for the official suite, which knows none.
 *
 *     ACCESS_TOKEN=… node token-proxy.mjs SERVER_URL
 *
 * Prints its own URL. Its own authority becomes the server's in `Host` and `Origin`; everything else passes unchanged.
 */
import http from 'node:http';

const server = new URL(process.argv[2]);
const authorization = `Bearer ${process.env.ACCESS_TOKEN}`;

const proxy = http.createServer((request, response) => {
  const headers = request.rawHeaders.flatMap((value, index, all) =>
    index % 2 === 0 ? [value, translated(value, all[index + 1])] : []
  );
  const forwarded = http.request(
    {
      host: server.hostname,
      port: server.port,
      method: request.method,
      path: request.url,
      headers: [...headers, 'Authorization', authorization],
      setHost: false
    },
    reply => {
      response.writeHead(reply.statusCode, reply.statusMessage, reply.rawHeaders);
      reply.pipe(response);
    }
  );
  forwarded.on('error', () => response.destroy());
  response.on('close', () => forwarded.destroy());
  request.pipe(forwarded);
});

function translated(name, value) {
  return /^(host|origin)$/i.test(name)
    ? value.replace(new RegExp(`^((?:http://)?(?:127\\.0\\.0\\.1|localhost)):${proxy.address().port}$`), `$1:${server.port}`)
    : value;
}

proxy.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${proxy.address().port}${server.pathname}`));
