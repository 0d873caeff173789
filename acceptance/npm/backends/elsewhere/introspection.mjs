/**
 * A server that runs elsewhere: the TypeScript SDK's bearer check, which asks the issuer.
 *
 *     ISSUER=… RESOURCE=… node backends/elsewhere/introspection.mjs
 */
const issuer = process.env.ISSUER;
const resource = process.env.RESOURCE;

// docs: begin
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError, ServerError } from '@modelcontextprotocol/sdk/server/auth/errors.js';

const credentials = Buffer.from('docs-server:docs-secret').toString('base64');

const bearer = requireBearerAuth({
  requiredScopes: ['mcp'],
  verifier: {
    async verifyAccessToken(token) {
      const answer = await fetch(`${issuer}/introspect`, {
        method: 'POST',
        headers: { authorization: `Basic ${credentials}` },
        body: new URLSearchParams({ token })
      });
      if (!answer.ok) {
        throw new ServerError(`introspection answers ${answer.status}`);
      }
      const claims = await answer.json();
      if (!claims.active || claims.aud !== resource) {
        throw new InvalidTokenError('not active, or for another server');
      }
      return {
        token,
        clientId: claims.client_id,
        scopes: (claims.scope ?? '').split(' '),
        expiresAt: claims.exp,
        extra: { subject: claims.sub }
      };
    }
  }
});
// docs: end

const { default: express } = await import('express');
const app = express();
app.post('/mcp', bearer, (request, response) => response.send(request.auth.extra.subject));
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/mcp`));
