/**
 * A server that runs elsewhere: the bearer check of the TypeScript SDK's second generation, with the
 * issuer's keys.
 *
 *     ISSUER=… RESOURCE=… node backends/elsewhere/keys-v2.mjs
 */
import { createServer } from 'node:http';

const issuer = process.env.ISSUER;
const resource = process.env.RESOURCE;

// docs: begin
import { OAuthError, OAuthErrorCode, requireBearerAuth } from '@modelcontextprotocol/server';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

const bearer = requireBearerAuth({
  requiredScopes: ['mcp'],
  verifier: {
    async verifyAccessToken(token) {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: resource,
        typ: 'at+jwt',
        algorithms: ['ES256'],
        requiredClaims: ['sub', 'exp', 'client_id']
      }).catch(refused => {
        throw new OAuthError(OAuthErrorCode.InvalidToken, refused.message);
      });
      return {
        token,
        clientId: payload.client_id,
        scopes: (payload.scope ?? '').split(' '),
        expiresAt: payload.exp,
        extra: { subject: payload.sub }
      };
    }
  }
});
// docs: end

const server = createServer(async (request, response) => {
  const found = await bearer(new Request(`http://127.0.0.1${request.url}`, { headers: request.headers }));
  if (found instanceof Response) {
    response.writeHead(found.status, Object.fromEntries(found.headers)).end(await found.text());
  } else {
    response.end(found.extra.subject);
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/mcp`));
