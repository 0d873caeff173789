package dev.ostiary.checker.http;

/**
 * One request and its answer, with every secret masked.
 *
 * @param sent the request line, header fields and content
 * @param received the status line, header fields and content, or why there is no answer
 */
public record Exchanged(String sent, String received) {}
