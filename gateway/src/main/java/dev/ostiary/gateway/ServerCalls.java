package dev.ostiary.gateway;

import dev.ostiary.gateway.policy.Guard;

/** What the calls to one server have in common. */
record ServerCalls(
    ServerRoute server,
    Guard guard,
    Refusals refusals,
    RunningCalls running,
    Heartbeat heartbeat,
    ServerWatch watch) {}
