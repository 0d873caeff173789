/**
 * HTTP/1.1 on Netty: {@link dev.ostiary.http.netty.NettyServer} serves a {@link
 * dev.ostiary.http.Service}; {@code outbound} calls other servers, on the same {@link
 * dev.ostiary.http.netty.EventLoops}. Nothing outside this module sees Netty.
 */
@NullMarked
package dev.ostiary.http.netty;

import org.jspecify.annotations.NullMarked;
