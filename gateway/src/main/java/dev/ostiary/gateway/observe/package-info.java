/** What an embedding server is told about calls while they are made, for its metrics. */
@NullMarked
package dev.ostiary.gateway.observe;

import org.jspecify.annotations.NullMarked;
