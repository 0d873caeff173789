package dev.ostiary.embed.config;

import dev.ostiary.connector.github.GitHubSettings;

/** Where users sign in. */
public record SignInSettings(GitHubSettings github) {}
