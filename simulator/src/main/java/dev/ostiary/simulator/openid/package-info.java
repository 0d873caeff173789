/** A simulated OpenID provider: discovery, keys, sign-in pages, tokens, userinfo, sign-out. */
@NullMarked
package dev.ostiary.simulator.openid;

import org.jspecify.annotations.NullMarked;
