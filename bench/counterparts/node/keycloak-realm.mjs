// Sets a fresh Keycloak up for MCP, over its administration API: a realm, a person, a scope whose
// tokens are for the MCP server, and registration open to the hosts of well-known clients.
const [, , base, resource] = process.argv;
const hosts = ['127.0.0.1', 'localhost', 'claude.ai', 'chatgpt.com', 'www.cursor.com', 'vscode.dev', '*.vscode.dev'];

const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: 'admin' });
const { access_token: token } = await (await fetch(`${base}/realms/master/protocol/openid-connect/token`, { method: 'POST', body: form })).json();
const realm = `${base}/admin/realms/counterpart`;

async function call(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body)
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer.status === 200 ? answer.json() : answer.headers.get('location');
}

await call('POST', `${base}/admin/realms`, { realm: 'counterpart', enabled: true, sslRequired: 'none' });
await call('POST', `${realm}/users`, {
  username: 'octocat', enabled: true, email: 'octocat@example.com', emailVerified: true, firstName: 'Octo', lastName: 'Cat',
  credentials: [{ type: 'password', value: 'password', temporary: false }]
});
const scope = await call('POST', `${realm}/client-scopes`, {
  name: 'mcp:tools',
  protocol: 'openid-connect',
  attributes: { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'true', 'consent.screen.text': 'Use the tools' },
  protocolMappers: [{
    name: 'audience', protocol: 'openid-connect', protocolMapper: 'oidc-audience-mapper',
    config: { 'included.custom.audience': resource, 'access.token.claim': 'true' }
  }]
});
await call('PUT', `${realm}/default-optional-client-scopes/${scope.split('/').pop()}`);
for (const policy of await call('GET', `${realm}/components?type=org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy`)) {
  if (policy.subType !== 'anonymous') continue;
  if (policy.providerId === 'trusted-hosts') {
    policy.config = { 'host-sending-registration-request-must-match': ['false'], 'client-uris-must-match': ['true'], 'trusted-hosts': hosts };
    await call('PUT', `${realm}/components/${policy.id}`, policy);
  }
}
console.log('ready');
