/**
 * `oidc-provider` as an authorization server that is not ours, at a free port.
 *
 *     node backends/oidc-provider/main.mjs
 *
 * Prints its URL. Beside its own endpoints: `/mint?format=jwt|opaque&audience=…` issues an access
 * token to a user, without the pages of a sign-in; `/rotate` gives it new keys.
 */
import http from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

let provider;
const server = http.createServer((request, response) => answer(request, response));
server.listen(0, '127.0.0.1', async () => {
  await rotate();
  console.log(issuer());
});

function issuer() {
  return `http://127.0.0.1:${server.address().port}`;
}

async function rotate() {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: crypto.randomUUID() };
  provider = new Provider(issuer(), {
    jwks: { keys: [key] },
    cookies: { keys: ['not-a-secret'] },
    clients: [
      {
        client_id: 'app',
        client_secret: 'app-secret',
        redirect_uris: ['https://app.example/callback'],
        id_token_signed_response_alg: 'ES256'
      },
      {
        client_id: 'gateway',
        client_secret: 'gateway:secret',
        grant_types: [],
        response_types: [],
        redirect_uris: [],
        id_token_signed_response_alg: 'ES256'
      }
    ],
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: { enabled: true, getResourceServerInfo: (_, audience) => resourceServer(audience, 'opaque') }
    },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) })
  });
}

function resourceServer(audience, format) {
  return { audience, scope: 'mcp', accessTokenFormat: format, jwt: { sign: { alg: 'ES256' } } };
}

async function answer(request, response) {
  const url = new URL(request.url, issuer());
  if (url.pathname === '/rotate') {
    await rotate();
    response.end();
  } else if (url.pathname === '/mint') {
    response.end(await mint(url.searchParams.get('audience'), url.searchParams.get('format')));
  } else {
    provider.callback()(request, response);
  }
}

async function mint(audience, format) {
  const client = await provider.Client.find('app');
  const grant = new provider.Grant({ accountId: 'user-1', clientId: client.clientId });
  grant.addResourceScope(audience, 'mcp');
  const token = new provider.AccessToken({
    accountId: 'user-1',
    client,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope: 'mcp'
  });
  token.resourceServer = new provider.ResourceServer(audience, resourceServer(audience, format));
  return token.save();
}
