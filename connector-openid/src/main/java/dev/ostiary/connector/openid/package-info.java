/** Any OpenID provider as an upstream: {@code sign-in.openid.NAME} (OpenID Connect Core 1.0). */
@NullMarked
package dev.ostiary.connector.openid;

import org.jspecify.annotations.NullMarked;
