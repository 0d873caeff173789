/** What a signed-in client does with the server, the same for every SDK. */
export async function useServer(client) {
  const { tools } = await client.listTools();
  const { resourceTemplates } = await client.listResourceTemplates();
  const { contents } = await client.readResource({ uri: 'github://user/octocat' });
  return {
    tools: tools.map(tool => tool.name).sort(),
    outputSchemas: tools.every(tool => tool.outputSchema !== undefined),
    user: (await client.callTool({ name: 'get_user_info', arguments: {} })).structuredContent,
    repositories: (await client.callTool({ name: 'get_github_repos', arguments: { limit: 2 } })).structuredContent,
    sum: (await calculate(client, 'add', 2, 40)).structuredContent,
    divisionByZero: await calculate(client, 'divide', 1, 0),
    templates: resourceTemplates.map(template => template.uriTemplate),
    resource: contents[0]
  };
}

/** One call of the tool that needs nobody else. */
export function calculate(client, operation, a, b) {
  return client.callTool({ name: 'calculate', arguments: { operation, a, b } });
}

/** Goes through the whole journey and reports what was seen. */
export async function journey({ name, provider, recorder, connect, finish }) {
  await connect().catch(error => {
    if (provider.callback === undefined) {
      throw error;
    }
  });
  await finish(provider.callback);
  const client = await connect();
  const first = provider.tokens();
  const seen = await useServer(client);
  provider.spoilAccessToken();
  const product = (await calculate(client, 'multiply', 6, 7)).structuredContent;
  const second = provider.tokens();
  await client.close();
  return {
    client: name,
    challenge: recorder.challenge,
    authorize: Object.fromEntries(
      ['response_type', 'scope', 'resource', 'code_challenge_method'].map(key => [
        key,
        provider.authorizationUrl.searchParams.get(key)
      ])
    ),
    iss: provider.callback.searchParams.get('iss'),
    pages: provider.browser.pages,
    token: { type: first.token_type, scope: first.scope, expiresIn: first.expires_in },
    ...seen,
    refreshed: {
      product,
      accessTokenChanged: second.access_token !== first.access_token,
      refreshTokenChanged: second.refresh_token !== first.refresh_token
    },
    versions: [...recorder.versions],
    requests: recorder.requests
  };
}
