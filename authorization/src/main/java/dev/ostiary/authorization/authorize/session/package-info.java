/**
 * What a browser is known by: the cookies we set, the session of a signed-in user, and the one host
 * name under which both work.
 */
@NullMarked
package dev.ostiary.authorization.authorize.session;

import org.jspecify.annotations.NullMarked;
