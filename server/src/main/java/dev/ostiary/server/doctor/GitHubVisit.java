package dev.ostiary.server.doctor;

import dev.ostiary.connector.github.GitHubExamination;
import dev.ostiary.connector.github.GitHubExamination.Finding;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Outbound;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Asks GitHub about the app, its callback, and the names on the allow lists. */
final class GitHubVisit {
  private final OstiaryConfig config;
  private final GitHubSettings gitHub;
  private final GitHubExamination examination;
  private final Diagnosis diagnosis;

  GitHubVisit(OstiaryConfig config, Outbound outbound, InstantSource time, Diagnosis diagnosis) {
    this.config = config;
    this.gitHub = config.signIn().github();
    this.examination = GitHubExamination.of(gitHub, outbound, time);
    this.diagnosis = diagnosis;
  }

  void run() {
    switch (examination.credentials()) {
      case Finding.Good _ -> {
        diagnosis.well("GitHub knows the client id and its secret.");
        callback();
        names();
      }
      case Finding.Wrong(String what) ->
          diagnosis.sick(
              what + ".",
              "Copy both again from the app at " + gitHub.baseUrl() + ", or make a new secret.");
      case Finding.Unknown(String why) ->
          diagnosis.unsure(
              "GitHub could not be asked about the credentials: " + why + ".",
              "Nobody can sign in while Ostiary cannot reach " + gitHub.baseUrl() + ".");
    }
  }

  private void callback() {
    String callback = config.url().at("/callback");
    switch (examination.callback(callback)) {
      case Finding.Good _ -> diagnosis.well("GitHub has the callback " + callback + ".");
      case Finding.Wrong(String what) ->
          diagnosis.sick(what + ".", "Enter the callback " + callback + " in the app at GitHub.");
      case Finding.Unknown(String why) ->
          diagnosis.unseen(
              "GitHub does not tell whether it has the callback " + callback + ": " + why + ".",
              "Compare it with the app at GitHub.");
    }
  }

  private void names() {
    List<Finding> findings =
        Stream.concat(
                Stream.of(gitHub.allow()),
                config.servers().values().stream()
                    .<GitHubSettings.Allow>mapMulti(
                        (server, to) -> {
                          if (server.allow() instanceof Allow.Only(var list)) {
                            to.accept(list);
                          }
                        }))
            .flatMap(examination::names)
            .distinct()
            .toList();
    for (Finding finding : findings) {
      switch (finding) {
        case Finding.Good _ -> {}
        case Finding.Wrong(String what) ->
            diagnosis.sick(what + ".", "Correct the name: nobody gets in by it.");
        case Finding.Unknown(String why) ->
            diagnosis.unsure("GitHub could not be asked: " + why + ".", "Try again later.");
      }
    }
    if (!findings.isEmpty() && findings.stream().allMatch(Finding.Good.class::isInstance)) {
      diagnosis.well("GitHub knows every user and organization in allow.");
    }
  }
}
