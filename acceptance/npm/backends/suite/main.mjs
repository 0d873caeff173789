/**
 * A backend on the TypeScript SDK, second generation, with every fixture of the official suite, over Streamable HTTP.
 *
 *     node backends/suite/main.mjs [PORT] [both|legacy|modern]
 *
 * Serves the modern era and the older ones at one URL, or one of them alone. Prints its URL. It knows no tokens and
 * answers on loopback only.
 */
import { localhostHostValidation, localhostOriginValidation, toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import http from 'node:http';
import { build } from './server.mjs';
import { Sessions } from './sessions.mjs';

const [port = '0', eras = 'both'] = process.argv.slice(2);
const modern = createMcpHandler(({ era }) => build(era, () => modern.notify), { legacy: 'reject', onerror: report });
const serveModern = toNodeHandler(modern, { onerror: report });
const sessions = new Sessions(() => build('legacy'));
const hostIsOurs = localhostHostValidation();
const originIsOurs = localhostOriginValidation();

async function serve(request, response) {
  if (!hostIsOurs(request, response) || !originIsOurs(request, response)) {
    return;
  }
  if (new URL(request.url, 'http://localhost').pathname !== '/mcp') {
    response.writeHead(404).end();
    return;
  }
  const message = request.method === 'POST' ? await json(request) : undefined;
  if (await isModern(request, message)) {
    await serveModern(request, response, message);
  } else {
    await sessions.handle(request, response, message);
  }
}

async function isModern(request, message) {
  if (eras !== 'both') {
    return eras === 'modern';
  }
  return request.method === 'POST' && !(await isLegacyRequest(await toWebRequest(request, message)));
}

/** The body, or nothing where it is no JSON: the SDK has the words for that. */
async function json(request) {
  const body = await new Response(request).text();
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function report(error) {
  console.error(error);
}

const listener = http.createServer((request, response) => {
  serve(request, response).catch(error => {
    report(error);
    response.destroy();
  });
});
listener.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${listener.address().port}/mcp`));
