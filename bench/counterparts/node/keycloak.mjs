// An MCP server that trusts Keycloak: the TypeScript SDK's bearer check and metadata router, and
// jose to verify what Keycloak signed. The audience is compared.
import { randomUUID } from 'node:crypto';
import express from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { mcp } from './mcp.mjs';

const [, , port, issuer] = process.argv;
const resource = new URL(`http://localhost:${port}/mcp`);
const oauthMetadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
const keys = createRemoteJWKSet(new URL(oauthMetadata.jwks_uri));

const app = express();
app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: resource, scopesSupported: ['mcp:tools'] }));
const bearer = requireBearerAuth({
  verifier: {
    verifyAccessToken: async token => {
      const { payload } = await jwtVerify(token, keys, { issuer, audience: resource.href }).catch(error => {
        throw new InvalidTokenError(error.message);
      });
      return { token, clientId: payload.azp, scopes: String(payload.scope ?? '').split(' '), expiresAt: payload.exp };
    }
  },
  requiredScopes: [],
  resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource)
});
mcp(app, '/mcp', bearer, randomUUID);
app.listen(Number(port), '127.0.0.1', () => console.log('ready'));
