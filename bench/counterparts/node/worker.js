// Cloudflare's OAuth provider for workers as its README sets it up, with the SDK's transport for
// workers behind it, and a page that asks before a code is issued.
import { OAuthProvider } from '@cloudflare/workers-oauth-provider';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';

const apiHandler = {
  async fetch(request) {
    const server = new McpServer({ name: 'counterpart', version: '1' });
    server.registerTool('hello', { description: 'Greets.' }, async () => ({ content: [{ type: 'text', text: 'Hello' }] }));
    const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
    await server.connect(transport);
    return transport.handleRequest(request);
  }
};

const page = content =>
  new Response(`<!doctype html><title>Counterpart</title>${content}`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "frame-ancestors 'none'" }
  });

const defaultHandler = {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (url.pathname !== '/authorize') return new Response('Not found', { status: 404 });
    let asked;
    try {
      asked = await env.OAUTH_PROVIDER.parseAuthRequest(request);
    } catch (error) {
      return new Response(String(error.message), { status: 400 });
    }
    const cookie = /(?:^|; )csrf=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
    if (request.method === 'GET') {
      const csrf = crypto.randomUUID();
      const action = `/authorize?${url.searchParams}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      const answer = page(
        `<p>${asked.clientId} wants in. The answer goes to ${new URL(asked.redirectUri).host}.</p><form method="post" action="${action}">` +
          `<input type="hidden" name="csrf" value="${csrf}"><button name="decision" value="approve">Approve</button></form>`
      );
      answer.headers.set('set-cookie', `csrf=${csrf}; Path=/; HttpOnly; SameSite=Lax`);
      return answer;
    }
    if (!cookie || (await request.formData()).get('csrf') !== cookie) {
      return new Response('Another browser', { status: 403 });
    }
    const { redirectTo } = await env.OAUTH_PROVIDER.completeAuthorization({
      request: asked,
      userId: 'octocat',
      metadata: {},
      scope: asked.scope,
      props: { login: 'octocat' }
    });
    return Response.redirect(redirectTo, 302);
  }
};

export default new OAuthProvider({
  apiRoute: '/mcp',
  apiHandler,
  defaultHandler,
  authorizeEndpoint: '/authorize',
  tokenEndpoint: '/token',
  clientRegistrationEndpoint: '/register',
  scopesSupported: ['mcp:tools', 'offline_access'],
  resourceMetadata: { resource: `${ORIGIN}/mcp`, authorization_servers: [ORIGIN] },
  requiredScopes: ['mcp:tools'],
  clientIdMetadataDocumentEnabled: true
});
