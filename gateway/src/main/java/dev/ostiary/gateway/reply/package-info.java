/** What a client is answered: its header fields, its form, and errors about a backend. */
@NullMarked
package dev.ostiary.gateway.reply;

import org.jspecify.annotations.NullMarked;
