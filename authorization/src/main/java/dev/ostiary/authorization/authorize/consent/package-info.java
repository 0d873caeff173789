/**
 * Consent: the question to the person, its form, and what follows from the answer. Nothing is
 * stored until the answer is yes; until then the request travels, sealed, in the form.
 */
@NullMarked
package dev.ostiary.authorization.authorize.consent;

import org.jspecify.annotations.NullMarked;
