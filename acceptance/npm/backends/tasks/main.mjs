/**
 * A backend with the extension for tasks, `io.modelcontextprotocol/tasks`, in the modern era alone, over Streamable HTTP,
 * with the fixtures of the official suite's scenarios about it. The SDK does not offer the extension to servers, so that
 * this one speaks the protocol itself.
 *
 *     node backends/tasks/main.mjs [PORT]
 *
 * Prints its URL. It knows no tokens and no users: every caller that has the id of a task can use it.
 */
import http from 'node:http';
import { Refusal, checked } from './requests.mjs';
import { Tasks } from './tasks.mjs';
import { TOOLS, callTool } from './tools.mjs';

const EXTENSION = 'io.modelcontextprotocol/tasks';
const tasks = new Tasks();

const METHODS = {
  'server/discover': () => ({
    ...cacheable(),
    supportedVersions: ['2026-07-28'],
    capabilities: { tools: { listChanged: true }, extensions: { [EXTENSION]: {} } }
  }),
  'tools/list': () => ({ ...cacheable(), tools: TOOLS }),
  'tools/call': (params, client) => callTool(params, client, tasks),
  'tasks/get': ({ taskId }) => tasks.get(taskId).detailed(),
  'tasks/update': ({ taskId, inputResponses }) => tasks.get(taskId).answer(inputResponses),
  'tasks/cancel': ({ taskId }) => tasks.get(taskId).cancel()
};

function cacheable() {
  return { ttlMs: 0, cacheScope: 'private' };
}

async function serve(request, response) {
  if (request.method !== 'POST') {
    response.writeHead(405, { allow: 'POST' }).end();
    return;
  }
  const body = await new Response(request).text();
  let message;
  try {
    message = JSON.parse(body);
    if (message.id === undefined) {
      response.writeHead(202).end();
      return;
    }
    const { method, params, client } = checked(message, request.headers);
    if (method === 'subscriptions/listen') {
      listen(message.id, params, response);
      return;
    }
    if (METHODS[method] === undefined) {
      throw new Refusal(404, -32601, `Method not found: ${method}`);
    }
    if (method.startsWith('tasks/') && client.extensions?.[EXTENSION] === undefined) {
      throw missingExtension();
    }
    answer(response, 200, { id: message.id, result: complete(await METHODS[method](params, client)) });
  } catch (error) {
    const { status = 500, code = -32603, data } = error;
    answer(response, status, { id: message?.id, error: { code, message: error.message, ...(data && { data }) } });
  }
}

function missingExtension() {
  return new Refusal(400, -32021, 'the tasks extension is needed', {
    requiredCapabilities: { extensions: { [EXTENSION]: {} } }
  });
}

function complete(result) {
  const server = { 'io.modelcontextprotocol/serverInfo': { name: 'tasks', version: '1.0.0' } };
  return { resultType: 'complete', ...result, _meta: server };
}

function answer(response, status, message) {
  const json = JSON.stringify({ jsonrpc: '2.0', ...message });
  response.writeHead(status, { 'content-type': 'application/json' }).end(json);
}

/** Tells of tasks, from their present state on, for as long as the client listens. */
function listen(id, { notifications = {} }, response) {
  const _meta = { 'io.modelcontextprotocol/subscriptionId': id };
  const say = (method, params) =>
    response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', method, params: { ...params, _meta } })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const taskIds = (notifications.taskIds ?? []).filter(each => tasks.has(each));
  say('notifications/subscriptions/acknowledged', { notifications: { taskIds } });
  const stops = taskIds.map(each => tasks.get(each).watch(() => say('notifications/tasks', tasks.get(each).detailed())));
  response.on('close', () => stops.forEach(stop => stop()));
}

const listener = http.createServer((request, response) => {
  serve(request, response).catch(error => {
    console.error(error);
    response.destroy();
  });
});
listener.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${listener.address().port}/mcp`)
);
