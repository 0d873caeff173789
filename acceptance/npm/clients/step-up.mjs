/**
 * `@modelcontextprotocol/client` meets a tool that needs more scopes than it has, and asks for them by itself.
 *
 *     node step-up.mjs SERVER_URL modern|legacy
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { MemoryProvider } from './provider.mjs';
import { Recorder } from './recorder.mjs';

const [url, era] = process.argv.slice(2);
const name = `step-up-${era}`;
const provider = new MemoryProvider(name);
const recorder = new Recorder();
let transport;

async function connect() {
  transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider, fetch: recorder.fetch });
  const client = new Client({ name, version: '1.0.0' }, { versionNegotiation: { mode: era === 'legacy' ? era : 'auto' } });
  await client.connect(transport);
  return client;
}

/** Hands the answer of a sign-in to the SDK, if the action led to one, and then does it again. */
async function signingIn(action) {
  provider.callback = undefined;
  try {
    return await action();
  } catch (error) {
    if (provider.callback === undefined) {
      throw error;
    }
    await transport.finishAuth(provider.callback.searchParams);
    return action();
  }
}

async function refused(action) {
  const asked = provider.authorizationUrl;
  try {
    await action();
    return { error: null };
  } catch (error) {
    return { error: error.code ?? error.message, signedInAgain: provider.authorizationUrl !== asked };
  }
}

const client = await signingIn(connect);
const first = provider.tokens();
const tools = (await client.listTools()).tools.map(tool => tool.name);
const user = await client.callTool({ name: 'get_user_info', arguments: {} });
const repositories = await signingIn(() => client.callTool({ name: 'get_github_repos', arguments: { limit: 1 } }));
const second = provider.tokens();
const asked = provider.authorizationUrl;
const denied = await refused(() => client.callTool({ name: 'calculate', arguments: { operation: 'add', a: 1, b: 1 } }));
await client.close();

console.log(
  JSON.stringify({
    tools,
    user: user.structuredContent,
    repositories: repositories.structuredContent,
    scopes: [first.scope, second.scope],
    askedAtLast: asked.searchParams.get('scope'),
    denied,
    pages: provider.browser.pages,
    refusals: recorder.requests.filter(request => request.endsWith(' 403')).length,
    versions: [...recorder.versions]
  })
);
