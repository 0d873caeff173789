/**
 * Ending the session of a browser, here and at the upstream (OpenID Connect RP-Initiated Logout
 * 1.0).
 */
@NullMarked
package dev.ostiary.authorization.authorize.signout;

import org.jspecify.annotations.NullMarked;
