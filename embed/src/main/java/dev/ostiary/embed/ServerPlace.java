package dev.ostiary.embed;

import dev.ostiary.protocol.Resource;

/**
 * What a server is called and where it is.
 *
 * @param name as in the configuration
 * @param title for people
 * @param resource what its access tokens are for
 * @param path where it listens, under that of the public URL
 */
record ServerPlace(String name, String title, Resource resource, String path) {}
