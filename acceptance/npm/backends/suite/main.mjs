/**
 * A backend on the TypeScript SDK, second generation, with every fixture of the official suite, for the modern era
 * and the older ones at one URL.
 *
 *     node backends/suite/main.mjs [PORT]
 *
 * Prints its URL. It knows no tokens and answers on loopback only.
 */
import { localhostHostValidation, localhostOriginValidation, toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest, McpServer } from '@modelcontextprotocol/server';
import http from 'node:http';
import { registerAskingTools } from './asking.mjs';
import { registerCancellation } from './cancellation.mjs';
import { registerChanges } from './changes.mjs';
import { registerInputRequired, requestState } from './input-required.mjs';
import { registerPrompts } from './prompts.mjs';
import { registerReconnection } from './reconnection.mjs';
import { registerResources } from './resources.mjs';
import { Sessions } from './sessions.mjs';
import { registerTools } from './tools.mjs';

const modern = createMcpHandler(({ era }) => build(era), { legacy: 'reject', onerror: report });
const serveModern = toNodeHandler(modern, { onerror: report });
const sessions = new Sessions(() => build('legacy'));
const hostIsOurs = localhostHostValidation();
const originIsOurs = localhostOriginValidation();

function build(era) {
  const server = new McpServer(
    { name: 'suite-fixtures', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { listChanged: true, subscribe: true },
        completions: {},
        logging: {}
      },
      requestState: { verify: requestState.verify }
    }
  );
  registerTools(server);
  registerAskingTools(server);
  registerInputRequired(server);
  registerReconnection(server);
  registerCancellation(server);
  registerChanges(server, era, () => modern.notify);
  registerPrompts(server);
  registerResources(server);
  return server;
}

async function serve(request, response) {
  if (!hostIsOurs(request, response) || !originIsOurs(request, response)) {
    return;
  }
  if (new URL(request.url, 'http://localhost').pathname !== '/mcp') {
    response.writeHead(404).end();
    return;
  }
  if (request.method !== 'POST') {
    await sessions.handle(request, response);
    return;
  }
  const message = await json(request);
  if (await isLegacyRequest(await toWebRequest(request, message))) {
    await sessions.handle(request, response, message);
  } else {
    await serveModern(request, response, message);
  }
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
listener.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${listener.address().port}/mcp`));
