/** The token endpoint and its exchanges (OAuth 2.1 §3.2, §4.1.3, §4.3). */
@NullMarked
package dev.ostiary.authorization.token;

import org.jspecify.annotations.NullMarked;
