/** Clients of the modern era in bridged conversations: one for each grant. */
@NullMarked
package dev.ostiary.gateway.bridge.modern;

import org.jspecify.annotations.NullMarked;
