package dev.ostiary.http.netty;

/** What came of reading the head of a request. */
sealed interface ReadHead permits RequestHead, Refusal {}
