// The TypeScript SDK's authorization router with its demo provider, and its bearer check before an
// MCP server of its own: as the SDK's documentation wires them. One origin, as the router wants it.
import { randomUUID } from 'node:crypto';
import express from 'express';
import { getOAuthProtectedResourceMetadataUrl, mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { DemoInMemoryAuthProvider } from '@modelcontextprotocol/sdk/examples/server/demoInMemoryOAuthProvider.js';
import { mcp } from './mcp.mjs';

const port = Number(process.argv[2]);
const issuer = new URL(`http://localhost:${port}`);
const resource = new URL('/mcp', issuer);
const provider = new DemoInMemoryAuthProvider(given => given?.href === resource.href);

const app = express();
app.use(
  mcpAuthRouter({ provider, issuerUrl: issuer, resourceServerUrl: resource, scopesSupported: ['mcp:tools'] })
);
const verifier = {
  verifyAccessToken: async token => {
    const info = await provider.verifyAccessToken(token);
    if (info.resource && info.resource.href !== resource.href) throw new Error('another resource');
    return info;
  }
};
const bearer = requireBearerAuth({
  verifier,
  requiredScopes: [],
  resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource)
});
mcp(app, '/mcp', bearer, randomUUID);
app.listen(port, '127.0.0.1', () => console.log('ready'));
