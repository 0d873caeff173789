/**
 * A server that runs elsewhere: the TypeScript SDK's bearer check, with the issuer's keys.
 *
 *     ISSUER=… RESOURCE=… node backends/elsewhere/keys.mjs
 */
const issuer = process.env.ISSUER;
const resource = process.env.RESOURCE;

// docs: begin
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
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
        throw new InvalidTokenError(refused.message);
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

const { default: express } = await import('express');
const app = express();
app.post('/mcp', bearer, (request, response) => response.send(request.auth.extra.subject));
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/mcp`));
