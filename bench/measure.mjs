#!/usr/bin/env node
// What Ostiary costs on this machine: start, memory, calls, sign-ins, refreshes.
//
//   node bench/measure.mjs [--seconds 5] [--connections 64] [--starts 5]
//
// Needs Linux (/proc), Node 20 or newer, and wrk. Builds Ostiary if needed. Nothing is asserted; the figures of a
// shared machine vary, so compare CPU per request, and only within one run.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from './client.mjs';
import { cpuSeconds, median, resident } from './processes.mjs';
import { demandWrk, modern, script, wrk } from './wrk.mjs';

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
const SCOPE = 'read:user';
const folder = mkdtempSync(join(tmpdir(), 'ostiary-bench-'));
const person = new Client(ORIGIN, connections);

await main().finally(() => rmSync(folder, { recursive: true, force: true }));

async function main() {
  demandWrk();
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
    const client = await person.register();
    const tokens = await person.signIn(client, SCOPE);
    const call = script(join(folder, 'call.lua'), modern(tokens.access_token, 'tools/list'));
    await wrk(`${ORIGIN}/mcp`, call, connections, 3);
    await load('authenticated tools/list', server, () => wrk(`${ORIGIN}/mcp`, call, connections, seconds));
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

/** Many families at once, each moving on one refresh after the other. */
async function refreshes(client) {
  const families = await Promise.all(Array.from({ length: connections }, () => person.signIn(client, SCOPE)));
  return untilTimeIsUp(async (i) => {
    families[i] = await person.refresh(client, families[i]);
  });
}

function signIns(client) {
  return untilTimeIsUp(() => person.signIn(client, SCOPE));
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

function row(what, figure, detail = '') {
  console.log(`${what.padEnd(32)} ${figure.padStart(12)}   ${detail}`);
}
