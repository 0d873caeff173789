/** Clients of the legacy era in bridged conversations: their sessions, and what they are asked. */
@NullMarked
package dev.ostiary.gateway.bridge.legacy;

import org.jspecify.annotations.NullMarked;
