package dev.ostiary.http;

/**
 * Opens ways to call servers, each with connections of its own, so that trouble with one server is
 * no trouble for another.
 */
@FunctionalInterface
public interface Outbounds {
  /** The caller closes it. */
  Outbound open(ClientSettings how);
}
