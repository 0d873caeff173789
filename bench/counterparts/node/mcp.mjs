// An MCP server of one tool on the TypeScript SDK, with sessions, behind a bearer check.
import express from 'express';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';

function server() {
  const server = new McpServer({ name: 'counterpart', version: '1' });
  server.registerTool('hello', { description: 'Greets.' }, async () => ({ content: [{ type: 'text', text: 'Hello' }] }));
  return server;
}

export function mcp(app, path, bearer, sessionId) {
  const transports = new Map();
  const existing = request => transports.get(request.headers['mcp-session-id']);
  app.post(path, bearer, express.json(), async (request, response) => {
    let transport = existing(request);
    if (!transport && request.headers['mcp-session-id']) {
      response.status(404).json({ jsonrpc: '2.0', error: { code: -32001, message: 'Session not found' }, id: null });
      return;
    }
    if (!transport && isInitializeRequest(request.body)) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: sessionId,
        enableJsonResponse: true,
        onsessioninitialized: id => transports.set(id, transport)
      });
      transport.onclose = () => transports.delete(transport.sessionId);
      await server().connect(transport);
    }
    if (!transport) {
      response.status(400).json({ jsonrpc: '2.0', error: { code: -32000, message: 'No session' }, id: null });
      return;
    }
    await transport.handleRequest(request, response, request.body);
  });
  for (const method of ['get', 'delete']) {
    app[method](path, bearer, async (request, response) => {
      const transport = existing(request);
      if (!transport) {
        response.status(request.headers['mcp-session-id'] ? 404 : 400).send('No session');
        return;
      }
      await transport.handleRequest(request, response);
    });
  }
}
