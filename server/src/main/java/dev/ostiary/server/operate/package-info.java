/**
 * How commands reach the data: by the socket of the server that runs there, or in its place if none
 * does. Never two at once.
 */
@NullMarked
package dev.ostiary.server.operate;

import org.jspecify.annotations.NullMarked;
