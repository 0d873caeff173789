package dev.ostiary.embed.config;

/** What answers the calls to a server. */
public sealed interface ServerTarget permits ConnectorServer, HttpServer {}
