package dev.ostiary.gateway.stdio;

/**
 * A user of this machine.
 *
 * @param name as it was configured
 * @param group the user's own, which the child gets too
 */
public record Account(String name, long id, long group) {}
