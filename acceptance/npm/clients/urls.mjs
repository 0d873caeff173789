// Reads URIs, one a line, as the official SDK reads them (WHATWG URL), and reports which of them it
// changes or does not take, and what each names once it is decoded.
import { readFileSync } from 'node:fs';

const uris = readFileSync(process.argv[2], 'utf8').split('\n').filter(line => line !== '');
const changed = [];
const refused = [];
const named = {};
for (const uri of uris) {
  let url;
  try {
    url = new URL(uri);
  } catch {
    refused.push(uri);
    continue;
  }
  if (url.href !== uri) {
    changed.push([uri, url.href]);
  }
  const place = JSON.stringify([
    url.protocol,
    decodeURIComponent(url.host).toLowerCase(),
    decodeURIComponent(url.pathname),
    url.search,
  ]);
  (named[place] ??= []).push(uri);
}
const twins = Object.values(named).filter(same => new Set(same).size > 1);
console.log(JSON.stringify({ read: uris.length, changed, refused, twins }));
