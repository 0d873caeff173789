/**
 * `oidc-provider`, an OpenID provider that is certified by the OpenID Foundation, with one client and one user, mona.
 *
 *     node openid-provider.mjs CALLBACK
 *
 * Prints its URL, which is its issuer. Access tokens last 30 seconds. `POST /control/rotate` replaces the signing key,
 * `POST /control/revoke` ends everything that was granted.
 */
import { once } from 'node:events';
import http from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider from 'oidc-provider';

const [callback] = process.argv.slice(2);
const GRANTS = new Set();
const MONA = {
  sub: 'mona-2501',
  name: 'Mona Lisa',
  preferred_username: 'mona',
  email: 'mona@acme.example',
  email_verified: true,
  groups: ['engineering']
};

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' };
}

function make(issuer) {
  return new Provider(issuer, {
    clients: [
      {
        client_id: 'ostiary',
        client_secret: 'ostiary-secret',
        redirect_uris: [callback],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code']
      }
    ],
    jwks: { keys: [signingKey()] },
    cookies: { keys: ['a key of the test'] },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => (id === MONA.sub ? { accountId: id, claims: () => MONA } : undefined),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true }
    },
    rotateRefreshToken: true,
    pkce: { required: () => true },
    ttl: { AccessToken: 30, RefreshToken: 3600, IdToken: 300, Grant: 3600, Session: 3600, Interaction: 600 }
  });
}

/** Asks with one button, whatever the provider wants to know. */
async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html').end(
      `<!doctype html><title>${prompt.name} at oidc-provider</title>
       <form method="post" action="${request.url}"><button name="decision" value="approve">Yes</button></form>`
    );
    return;
  }
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login: { accountId: MONA.sub } });
    return;
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const grantId = await grant.save();
  GRANTS.add(grantId);
  await provider.interactionFinished(request, response, { consent: { grantId } });
}

async function revoke() {
  for (const id of GRANTS) {
    await (await provider.Grant.find(id))?.destroy();
  }
  GRANTS.clear();
}

async function control(request, response) {
  if (request.url === '/control/rotate') {
    provider = make(issuer);
  } else {
    await revoke();
  }
  response.writeHead(204).end();
}

let provider;
const server = http.createServer((request, response) => {
  const handled = request.url.startsWith('/interaction/')
    ? interact(request, response)
    : request.url.startsWith('/control/')
      ? control(request, response)
      : provider.callback()(request, response);
  Promise.resolve(handled).catch(error => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;
provider = make(issuer);
console.log(issuer);
