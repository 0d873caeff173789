/** The web site: signing in, authorizing an app, trading a code for a token. */
@NullMarked
package dev.ostiary.simulator.signin;

import org.jspecify.annotations.NullMarked;
