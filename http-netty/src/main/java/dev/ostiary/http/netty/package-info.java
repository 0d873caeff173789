/**
 * HTTP/1.1 in and out, on Netty: {@link dev.ostiary.http.netty.NettyServer} serves a {@link
 * dev.ostiary.http.Service}, {@link dev.ostiary.http.netty.NettyOutbound} calls other servers, both
 * on the same {@link dev.ostiary.http.netty.EventLoops}. Nothing outside this package sees Netty.
 */
@NullMarked
package dev.ostiary.http.netty;

import org.jspecify.annotations.NullMarked;
