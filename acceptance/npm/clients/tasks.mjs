/**
 * A signed-in client that runs tools as tasks, with `@modelcontextprotocol/ext-tasks` on the SDK's second generation, in
 * the era and in the form of tasks that the era has; and a second client of the same user, with a grant of its own, that
 * tries to use them.
 *
 *     node tasks.mjs modern|legacy SERVER_URL TOOL ARGUMENTS
 *
 * The tool is run twice: to its end, with answers to what it asks, and until it is cancelled.
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createTaskSessionFromClient, resultFromTaskOutcome } from '@modelcontextprotocol/ext-tasks/client';
import { setTimeout as pause } from 'node:timers/promises';
import { MemoryProvider } from './provider.mjs';
import { TaskWire } from './task-wire.mjs';

const [era, url, tool, args] = process.argv.slice(2);
const clientInfo = { name: 'tasks', version: '1.0.0' };
const capabilities = { elicitation: { form: {} } };
const asked = [];

/** What the client answers to every form: the first choice of each field, or true. */
function filled({ message, requestedSchema }) {
  asked.push(message);
  const content = Object.entries(requestedSchema.properties).map(([name, field]) => [name, field.oneOf?.[0].const ?? true]);
  return { action: 'accept', content: Object.fromEntries(content) };
}

async function connect() {
  const provider = new MemoryProvider('tasks');
  for (;;) {
    const transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
    const mode = era === 'modern' ? 'auto' : 'legacy';
    const client = new Client(clientInfo, { capabilities, versionNegotiation: { mode } });
    client.setRequestHandler('elicitation/create', ({ params }) => filled(params));
    try {
      await client.connect(transport);
      return { client, wire: new TaskWire(url, era, provider.tokens()?.access_token, transport.sessionId) };
    } catch (error) {
      if (provider.callback === undefined || provider.tokens() !== undefined) {
        throw error;
      }
      await transport.finishAuth(provider.callback.searchParams);
    }
  }
}

function session({ client, wire }) {
  const modern = era === 'modern' && {
    rawDispatch: request => wire.dispatch(request),
    v2RequestFraming: { protocolVersion: '2026-07-28', clientInfo, clientCapabilities: capabilities }
  };
  return createTaskSessionFromClient(client, {
    endpointId: url,
    onInputRequest: ({ params }) => filled(params),
    onError: error => console.error(error),
    ...modern
  });
}

/** Servers may tell of tasks, and need not: this one has ten seconds for it. */
function toldOfEnd() {
  return Promise.race([heard?.until(params => params.status === 'cancelled'), pause(10_000)]);
}

const own = await connect();
const tasks = session(own);

const execution = await tasks.callTool(tool, JSON.parse(args), { task: { preference: 'prefer' } });
const statuses = [];
for await (const event of execution.updates()) {
  statuses.push(event.task?.status ?? event.outcome.status);
}
const result = resultFromTaskOutcome((await execution.settle()).outcome);

const begun = await own.wire.begin(tool, JSON.parse(args));
const named = { taskId: begun };
const heard = await own.wire.listen(begun);
const strange = await connect();
const foreign = {};
for (const method of ['tasks/get', 'tasks/cancel', 'tasks/update', 'tasks/result']) {
  foreign[method] = (await strange.wire.send(method, { ...named, inputResponses: {} })).error?.code;
}
const foreignListening = await strange.wire.listen(begun);
const before = (await own.wire.send('tasks/get', named)).result.status;
await own.wire.send('tasks/cancel', named);
const after = (await own.wire.send('tasks/get', named)).result.status;

console.log(
  JSON.stringify({
    kind: execution.kind,
    text: result.content[0].text,
    asked,
    statuses,
    before,
    after,
    foreign,
    listening: await heard?.acknowledged(),
    told: (await toldOfEnd())?.taskId === begun,
    foreignListening: await foreignListening?.acknowledged()
  })
);
process.exit(0);
