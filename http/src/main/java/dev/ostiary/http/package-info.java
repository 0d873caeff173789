/**
 * HTTP as Ostiary sees it: requests and replies without sockets, endpoints and their routing, and
 * the SPI for outbound calls. A binding (such as {@code http-netty}) turns sockets into {@link
 * dev.ostiary.http.Exchange}s; nothing else in Ostiary knows one.
 */
@NullMarked
package dev.ostiary.http;

import org.jspecify.annotations.NullMarked;
