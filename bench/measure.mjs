#!/usr/bin/env node
// What Ostiary costs on this machine: start, memory, calls, sign-ins, refreshes.
//
//   node bench/measure.mjs [--seconds 5] [--connections 64] [--starts 5]
//
// Needs Linux (/proc), Node 20 or newer, and wrk. Builds Ostiary if needed. Nothing is asserted; the figures of a
// shared machine vary, so compare CPU per request, and only within one run.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
    starts: { type: 'string', default: '5' },
  },
});
const seconds = Number(options.seconds);
const connections = Number(options.connections);
const PROGRAM = join(dirname(dirname(fileURLToPath(import.meta.url))), 'ostiary');
const PORT = 18080;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const REDIRECT = 'http://127.0.0.1:18999/callback';
const TICKS_PER_SECOND = 100;
const folder = mkdtempSync(join(tmpdir(), 'ostiary-bench-'));
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });

await main().finally(() => rmSync(folder, { recursive: true, force: true }));

async function main() {
  if (spawnSync('wrk', ['-v']).error) {
    throw new Error('wrk is missing: install it (Debian: apt-get install wrk)');
  }
  spawnSync(PROGRAM, ['--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const java = spawnSync(PROGRAM, ['--version'], { encoding: 'utf8' }).stdout.trim().split('\n')[0];
  console.log(`${java}; ${cpus().length} × ${cpus()[0].model}; ${connections} connections, ${seconds} s each\n`);

  const starts = [];
  for (let i = 0; i < Number(options.starts); i++) {
    const started = await start();
    starts.push(started.milliseconds);
    await stop(started.process);
  }
  row('cold start to first answer', `${median(starts).toFixed(0)} ms`, `${starts.length} starts, ${Math.min(...starts).toFixed(0)} to ${Math.max(...starts).toFixed(0)} ms`);

  const { process: server } = await start();
  try {
    row('resident memory, idle', `${resident(server.pid)} MiB`);
    const client = await register();
    const tokens = await signIn(client);
    const call = callScript(tokens.access_token);
    wrk(call, 3);
    await load('authenticated tools/list', server, () => wrk(call, seconds));
    await load('refresh, durable', server, () => refreshes(client));
    await load('whole sign-in', server, () => signIns(client));
    row('resident memory, after load', `${resident(server.pid)} MiB`);
  } finally {
    await stop(server);
  }
}

/** Starts the demo and waits, asking every few milliseconds, for its first answer. */
async function start() {
  const data = mkdtempSync(join(folder, 'data-'));
  const begin = process.hrtime.bigint();
  const child = spawn(PROGRAM, ['demo', '--port', String(PORT), '--auto-sign-in', '--data', data], {
    stdio: 'ignore',
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`ostiary demo ended with exit code ${child.exitCode}`);
    if (await answers()) break;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { process: child, milliseconds: Number(process.hrtime.bigint() - begin) / 1e6 };
}

function answers() {
  return new Promise((resolve) => {
    const socket = net.connect(PORT, '127.0.0.1');
    socket.on('connect', () => socket.write(`GET /ready HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nConnection: close\r\n\r\n`));
    socket.on('data', (data) => resolve(data.toString().startsWith('HTTP/1.1 200')));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}

function stop(child) {
  return new Promise((resolve) => {
    child.on('exit', resolve);
    child.kill('SIGTERM');
  });
}

/** Runs a load and prints what came through, and what it cost the server's process. */
async function load(what, server, run) {
  const before = cpuSeconds(server.pid);
  const began = performance.now();
  const { done, failed } = await run();
  const wall = (performance.now() - began) / 1000;
  const cpu = cpuSeconds(server.pid) - before;
  row(what, `${(done / wall).toFixed(0)}/s`, `${((cpu / done) * 1e6).toFixed(0)} µs CPU each, ${done} done, ${failed} failed`);
}

function callScript(token) {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/list',
    params: {
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  });
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': '2026-07-28',
    'Mcp-Method': 'tools/list',
  };
  const script = join(folder, 'call.lua');
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`);
  writeFileSync(script, `wrk.method = "POST"\nwrk.body = [[${body}]]\n${lines.join('\n')}\n`);
  return script;
}

function wrk(script, duration) {
  const { stdout } = spawnSync('wrk', ['-t1', `-c${connections}`, `-d${duration}s`, '-s', script, `${ORIGIN}/mcp`], {
    encoding: 'utf8',
  });
  const done = Number(/(\d+) requests in/.exec(stdout)[1]);
  const failed = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
  return { done: done - failed, failed };
}

/** Many families at once, each moving on one refresh after the other. */
async function refreshes(client) {
  const families = await Promise.all(Array.from({ length: connections }, () => signIn(client)));
  return untilTimeIsUp(async (i) => {
    const tokens = await token({ grant_type: 'refresh_token', refresh_token: families[i].refresh_token, client_id: client });
    families[i] = tokens;
  });
}

function signIns(client) {
  return untilTimeIsUp(() => signIn(client));
}

async function untilTimeIsUp(work) {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  let failed = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, i) => {
      while (performance.now() < end) {
        await work(i).then(() => done++, () => failed++);
      }
    }),
  );
  return { done, failed };
}

async function register() {
  const reply = await request('POST', `${ORIGIN}/register`, {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ client_name: 'bench', redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' }),
  });
  return JSON.parse(reply.body).client_id;
}

/** The whole journey: authorize, consent, GitHub (simulated), callback, token. */
async function signIn(client) {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: REDIRECT,
    resource: `${ORIGIN}/mcp`,
    scope: 'read:user',
    state: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const jar = new Map();
  const page = await request('GET', `${ORIGIN}/authorize?${query}`, { jar });
  const form = new URLSearchParams({ decision: 'approve' });
  for (const [input] of page.body.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    form.set(/name="([^"]*)"/.exec(input)[1], /value="([^"]*)"/.exec(input)[1].replaceAll('&amp;', '&'));
  }
  let reply = await request('POST', `${ORIGIN}/consent`, {
    jar,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  while (reply.location && !reply.location.startsWith(REDIRECT)) {
    reply = await request('GET', new URL(reply.location, reply.url).href, { jar });
  }
  if (!reply.location) throw new Error(`the sign-in ended with status ${reply.status}`);
  const code = new URL(reply.location).searchParams.get('code');
  return token({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: REDIRECT, client_id: client });
}

async function token(parameters) {
  const reply = await request('POST', `${ORIGIN}/token`, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parameters).toString(),
  });
  if (reply.status !== 200) throw new Error(`the token endpoint answered ${reply.status}`);
  return JSON.parse(reply.body);
}

function request(method, url, { headers = {}, body, jar = new Map() } = {}) {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { method, agent, headers: cookie ? { ...headers, Cookie: cookie } : headers }, (incoming) => {
      for (const line of incoming.headers['set-cookie'] ?? []) {
        const [name, value] = line.split(';')[0].split(/=(.*)/s);
        if (/max-age=0/i.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (piece) => (text += piece));
      incoming.on('end', () => resolve({ status: incoming.statusCode, location: incoming.headers.location, body: text, url }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function resident(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function row(what, figure, detail = '') {
  console.log(`${what.padEnd(32)} ${figure.padStart(12)}   ${detail}`);
}
