import { ResourceTemplate } from '@modelcontextprotocol/server';
import { IMAGE } from './samples.mjs';

export const WATCHED = 'test://watched-resource';

/** Resources: text, binary, by template, and one that can be watched. */
export function registerResources(server) {
  fixed(server, 'static-text', 'text/plain', { text: 'This is the content of the static text resource.' });
  fixed(server, 'static-binary', 'image/png', { blob: IMAGE });
  fixed(server, 'watched-resource', 'text/plain', { text: 'This resource can be watched.' });
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { description: 'A resource for each id', mimeType: 'application/json' },
    async (uri, { id }) =>
      contents(uri.href, 'application/json', {
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` })
      })
  );
}

function fixed(server, name, mimeType, content) {
  const uri = `test://${name}`;
  server.registerResource(name, uri, { description: `The resource ${name}`, mimeType }, async () =>
    contents(uri, mimeType, content));
}

function contents(uri, mimeType, content) {
  return { contents: [{ uri, mimeType, ...content }] };
}
