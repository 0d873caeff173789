/** Access tokens: how they are checked and cached, and whose calls they make. */
@NullMarked
package dev.ostiary.gateway.token;

import org.jspecify.annotations.NullMarked;
