/** HTTP/1.1 calls to other servers: {@link dev.ostiary.http.netty.outbound.NettyOutbound}. */
@NullMarked
package dev.ostiary.http.netty.outbound;

import org.jspecify.annotations.NullMarked;
