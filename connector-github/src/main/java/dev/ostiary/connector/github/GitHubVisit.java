package dev.ostiary.connector.github;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Finding;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.Issuer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks GitHub about the app, its callback, and the names on the allow lists. */
final class GitHubVisit {
  private final GitHubSettings settings;
  private final Issuer url;
  private final GitHubExamination examination;
  private final List<Finding> findings = new ArrayList<>();

  GitHubVisit(GitHubSettings settings, Issuer url, Outbound outbound, InstantSource time) {
    this.settings = settings;
    this.url = url;
    this.examination = new GitHubExamination(settings, outbound, time);
  }

  List<Finding> run(List<AllowRule> lists) {
    switch (examination.credentials()) {
      case GitHubExamination.Answer.Good _ -> {
        findings.add(new Finding.Good("GitHub knows the client id and its secret."));
        callback();
        names(lists);
      }
      case GitHubExamination.Answer.Wrong(String what) ->
          findings.add(
              new Finding.Wrong(
                  what + ".",
                  "Copy both again from the app at "
                      + settings.baseUrl()
                      + ", or make a new secret."));
      case GitHubExamination.Answer.Unknown(String why) ->
          findings.add(
              new Finding.Unsure(
                  "GitHub could not be asked about the credentials: " + why + ".",
                  "Nobody can sign in while Ostiary cannot reach " + settings.baseUrl() + "."));
    }
    return List.copyOf(findings);
  }

  private void callback() {
    String callback = url.at(GitHubUpstream.CALLBACK);
    findings.add(
        switch (examination.callback(callback)) {
          case GitHubExamination.Answer.Good _ ->
              new Finding.Good("GitHub has the callback " + callback + ".");
          case GitHubExamination.Answer.Wrong(String what) ->
              new Finding.Wrong(
                  what + ".", "Enter the callback " + callback + " in the app at GitHub.");
          case GitHubExamination.Answer.Unknown(String why) ->
              new Finding.Unseen(
                  "GitHub does not tell whether it has the callback " + callback + ": " + why + ".",
                  "Compare it with the app at GitHub.");
        });
  }

  private void names(List<AllowRule> lists) {
    List<GitHubExamination.Answer> answers =
        Stream.concat(Stream.of(settings.allow()), lists.stream())
            .flatMap(examination::names)
            .distinct()
            .toList();
    for (GitHubExamination.Answer answer : answers) {
      switch (answer) {
        case GitHubExamination.Answer.Good _ -> {}
        case GitHubExamination.Answer.Wrong(String what) ->
            findings.add(new Finding.Wrong(what + ".", "Correct the name: nobody gets in by it."));
        case GitHubExamination.Answer.Unknown(String why) ->
            findings.add(
                new Finding.Unsure("GitHub could not be asked: " + why + ".", "Try again later."));
      }
    }
    if (!answers.isEmpty()
        && answers.stream().allMatch(GitHubExamination.Answer.Good.class::isInstance)) {
      findings.add(new Finding.Good("GitHub knows every user and organization in allow."));
    }
  }
}
